import type { DecryptCommandInput, KMSClient } from '@aws-sdk/client-kms';
import { AWS_CLIENT, refuseClear } from '@das/aws';
import type { KeyName, KeyWrapper, WrappedKey } from './key-wrapper';
import { classifyKms } from './kms-failure';
import { KEY_BYTES } from './ring-entry';

/**
 * AWS KMS. Region, endpoint (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_KMS) and credentials are found as its SDK finds
 * them. It is loaded only here: a laptop whose keys are in clear does without it.
 */
export async function openKms(): Promise<KeyWrapper> {
  const sdk = await import('@aws-sdk/client-kms');
  // KMS answers with the keys themselves.
  const client: KMSClient = new sdk.KMSClient(AWS_CLIENT);
  client.middlewareStack.use(refuseClear);
  return {
    async make(name, kmsKey) {
      const { KeyId, CiphertextBlob } = await asked(() =>
        client.send(
          new sdk.GenerateDataKeyWithoutPlaintextCommand({
            KeyId: kmsKey,
            NumberOfBytes: KEY_BYTES,
            EncryptionContext: contextOf(name),
          }),
        ),
      );
      return { wrapped: Buffer.from(CiphertextBlob ?? []).toString('base64'), kmsKey: KeyId ?? kmsKey };
    },
    async unwrap(name, key) {
      const { Plaintext } = await asked(() => client.send(new sdk.DecryptCommand(decrypt(name, key))));
      return Plaintext ?? new Uint8Array();
    },
    close: () => {
      client.destroy();
    },
  };
}

function decrypt(name: KeyName, { wrapped, kmsKey }: WrappedKey): DecryptCommandInput {
  return {
    // Named, so that a ciphertext of another key than the ring says is refused.
    KeyId: kmsKey,
    CiphertextBlob: Buffer.from(wrapped, 'base64'),
    EncryptionContext: contextOf(name),
  };
}

/** Shown in CloudTrail: which key was asked for, and what for. */
function contextOf({ purpose, id }: KeyName): Record<string, string> {
  return { 'das:purpose': purpose, 'das:key': id };
}

async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (thrown) {
    throw classifyKms(thrown);
  }
}
