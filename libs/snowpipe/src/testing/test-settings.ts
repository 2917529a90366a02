import { generateKeyPairSync } from 'node:crypto';
import type { SnowpipeSettings } from '../settings';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const testPublicKey = publicKey;

/** Of a user who exists nowhere, with a key made anew in every run. */
export const testSettings = {
  account: 'acme-test',
  user: 'collector',
  privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  database: 'DB',
  schema: 'S',
  pipe: 'T-STREAMING',
} satisfies Partial<SnowpipeSettings>;
