import { Failure, type FailureKind } from '@das/pipeline';

const GRANT =
  'grant kms:Decrypt (and kms:GenerateDataKeyWithoutPlaintext to who makes keys) on the key that the ring names';
const LATER = 'it is tried again; see that KMS answers at this region and endpoint';
const CREDENTIALS = 'give the process credentials that the AWS SDK finds, and the region';

/** What KMS and its SDK call their errors, and what each means here. */
const TABLE: Readonly<
  Record<string, readonly [kind: FailureKind, code: string, what: string, cure: string]>
> = {
  AccessDeniedException: ['setup', 'kms_denied', 'KMS denies the use of the key', GRANT],
  NotFoundException: [
    'setup',
    'kms_key_missing',
    'KMS knows no such key',
    'name a key that exists in this region and account',
  ],
  DisabledException: [
    'setup',
    'kms_key_disabled',
    'the KMS key is disabled',
    'enable it, if nobody disabled it on purpose',
  ],
  KMSInvalidStateException: [
    'setup',
    'kms_key_state',
    'the KMS key cannot be used in its state',
    'cancel its deletion, or finish its import',
  ],
  InvalidCiphertextException: [
    'setup',
    'kms_wrong_key',
    'KMS cannot unwrap a key of the ring',
    'the entry was altered, or stands under another id or purpose than it was made for',
  ],
  IncorrectKeyException: [
    'setup',
    'kms_wrong_key',
    'a key of the ring was wrapped by another KMS key',
    'name the KMS key that wrapped it',
  ],
  InvalidKeyUsageException: [
    'setup',
    'kms_key_usage',
    'the KMS key is not for encryption',
    'name a symmetric key for encryption',
  ],
  ThrottlingException: ['transient', 'kms_throttled', 'KMS takes no more requests just now', LATER],
  LimitExceededException: ['transient', 'kms_throttled', 'KMS takes no more requests just now', LATER],
  TooManyRequestsException: ['transient', 'kms_throttled', 'KMS takes no more requests just now', LATER],
  CredentialsProviderError: ['setup', 'kms_credentials', 'there are no AWS credentials', CREDENTIALS],
  UnrecognizedClientException: [
    'setup',
    'kms_credentials',
    'KMS does not know the AWS credentials',
    CREDENTIALS,
  ],
  InvalidClientTokenId: ['setup', 'kms_credentials', 'KMS does not know the AWS credentials', CREDENTIALS],
  InvalidSignatureException: ['setup', 'kms_credentials', 'KMS refuses the AWS credentials', CREDENTIALS],
  IncompleteSignature: ['setup', 'kms_credentials', 'KMS refuses the AWS credentials', CREDENTIALS],
  // Whoever rotates them may be about to.
  ExpiredTokenException: ['transient', 'kms_credentials', 'the AWS credentials have expired', CREDENTIALS],
};

/** Of a connection that did not come about, or broke. */
const CONNECTION = /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENET|EPIPE|ETIMEDOUT|ERR_TLS|CERT_)/;

/** An error of KMS or its SDK, without its words: these may name accounts and hosts. */
export function classifyKms(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const { name = '', code = '', message = '', $fault, $metadata } = thrown as Partial<AwsError>;
  const known = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  if (known !== undefined) {
    const [kind, ourCode, what, cure] = known;
    return new Failure(kind, ourCode, what, { cure, cause: thrown });
  }
  const isAway = name === 'TimeoutError' || CONNECTION.test(code);
  if (isAway || $fault === 'server' || ($metadata?.httpStatusCode ?? 0) >= 500) {
    return new Failure('transient', 'kms_unreachable', 'KMS does not answer', { cure: LATER, cause: thrown });
  }
  if (message.includes('Region is missing')) {
    return new Failure('setup', 'kms_region', 'no AWS region is set', {
      cure: 'set AWS_REGION',
      cause: thrown,
    });
  }
  // A name of the SDK's closed set of errors; nothing else of it is repeated.
  const what = /^[A-Za-z]{1,60}$/.test(name) ? ` (${name})` : '';
  return new Failure('setup', 'kms_refused', `KMS refuses the request${what}`, {
    cure: GRANT,
    cause: thrown,
  });
}

interface AwsError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode?: number };
}
