import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../processes/free-port';
import { ManagedProcess } from '../processes/managed-process';

const SERVER = join(__dirname, '..', '..', '..', '..', '.tools', 'python', 'bin', 'moto_server');

/** moto: AWS services in memory, on loopback. */
export interface Moto {
  readonly process: ManagedProcess;
  readonly url: string;
}

/** What the AWS SDK needs to take it for AWS; the credentials are nobody's. */
export function awsEnv(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** @throws Error when it is not installed */
export async function startMoto(logFile: string): Promise<Moto> {
  if (!existsSync(SERVER)) throw new Error('moto is not installed: run node scripts/das.mjs setup');
  const port = await freePort();
  const process = ManagedProcess.start({
    name: 'moto',
    command: SERVER,
    args: ['-H', '127.0.0.1', '-p', String(port)],
    logFile,
  });
  const url = `http://127.0.0.1:${port}`;
  await process.answers(`${url}/moto-api/`, 60_000);
  return { process, url };
}

/** A new KMS key; moto looks at the region and the service of a signature, and at nothing else of it. @returns its ARN */
export async function createKmsKey(url: string): Promise<string> {
  const scope = 'testing/20260101/us-east-1/kms/aws4_request';
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'TrentService.CreateKey',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: '{}',
  });
  const { KeyMetadata } = (await answer.json()) as { KeyMetadata: { Arn: string } };
  return KeyMetadata.Arn;
}
