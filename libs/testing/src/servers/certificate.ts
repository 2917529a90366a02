import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** PEM files. */
export interface TestCertificate {
  readonly ca: string;
  readonly cert: string;
  /** PKCS#8, not encrypted. */
  readonly key: string;
}

/** An authority, and a certificate of it for loopback: clients refuse one that is its own authority. */
export function makeCertificate(dir: string): TestCertificate {
  const [ca, caKey, cert, key, request] = ['ca.pem', 'ca.key', 'cert.pem', 'key.pem', 'request.pem'].map(
    (file) => join(dir, file),
  ) as [string, string, string, string, string];
  const names = join(dir, 'names.ext');
  writeFileSync(names, 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n');
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...fresh, '-keyout', caKey, '-out', ca, '-subj', '/CN=Test authority');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', request, '-subj', '/CN=localhost');
  openssl(
    'x509',
    '-req',
    '-days',
    '2',
    '-in',
    request,
    '-CA',
    ca,
    '-CAkey',
    caKey,
    '-CAcreateserial',
    '-out',
    cert,
    '-extfile',
    names,
  );
  return { ca, cert, key };
}
