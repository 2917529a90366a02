import type { DecryptCommandInput, KMSClient } from '@aws-sdk/client-kms';
import { isSafeUrl } from '@das/environment';
import { Failure } from '@das/pipeline';
import type { KeyName, KeyWrapper, WrappedKey } from './key-wrapper';
import { classifyKms } from './kms-failure';
import { KEY_BYTES } from './ring-entry';

/** Of one request; the client tries so often, with back-off. */
const CONNECT_MS = 2_000;
const REQUEST_MS = 5_000;
const TRIES = 3;

/**
 * AWS KMS. Region, endpoint (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_KMS) and credentials are found as its SDK finds
 * them. It is loaded only here: a laptop whose keys are in clear does without it.
 */
export async function openKms(): Promise<KeyWrapper> {
  // It would print a warning of its own between the lines of a log.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const sdk = await import('@aws-sdk/client-kms');
  const client: KMSClient = new sdk.KMSClient({
    maxAttempts: TRIES,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
      throwOnRequestTimeout: true,
    },
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      refuseClear(args.request);
      return next(args);
    },
    { step: 'build', name: 'refuseClear' },
  );
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

/**
 * KMS answers with the keys themselves.
 * @param request - as it is about to be sent: its endpoint may come from the environment, a profile or a file
 * @throws Failure setup
 */
function refuseClear(request: unknown): void {
  if (isSafeUrl(request as Pick<URL, 'protocol' | 'hostname'>)) return;
  throw new Failure('setup', 'kms_endpoint', 'the AWS endpoint is no https URL, and not on loopback', {
    cure: 'give https in AWS_ENDPOINT_URL, or leave it empty for AWS itself',
  });
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
