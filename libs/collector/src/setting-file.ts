import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Failure } from '@das/pipeline';

/** The text of a file that a setting names. @throws Failure setup, naming the setting and not the path */
export function readSettingFile(path: string, setting: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure('setup', 'unreadable_file', `the file named by ${setting} cannot be read`, {
      cure: 'see that it is there and that the collector may read it',
      cause,
    });
  }
}

/**
 * The authority that signed the brokers' certificates, read anew at each connection: an authority that was
 * exchanged is used at once, and one that is just being written does no harm.
 * @throws Failure setup when it cannot be used now
 */
export function readAuthority(path: string): () => string {
  const setting = 'KAFKA_SSL_CA_PATH';
  const read = (): string => {
    const pem = readSettingFile(path, setting);
    try {
      new X509Certificate(pem);
    } catch (cause) {
      throw new Failure('setup', 'ca_file', `the file named by ${setting} holds no certificate`, {
        cure: 'give the PEM file of the authority that signed the brokers’ certificates',
        cause,
      });
    }
    return pem;
  };
  let last = read();
  return () => {
    try {
      last = read();
    } catch {
      // The broker's certificate is judged by the last one that could be read.
    }
    return last;
  };
}
