import { classifyAws, type AwsService } from '@das/aws';
import type { Failure } from '@das/pipeline';

const KMS: AwsService = {
  name: 'KMS',
  prefix: 'kms',
  grant:
    'grant kms:Decrypt (and kms:GenerateDataKeyWithoutPlaintext to who makes keys) on the key that the ring names',
  errors: {
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
  },
};

/** An error of KMS or its SDK, as a Failure. */
export function classifyKms(thrown: unknown): Failure {
  return classifyAws(thrown, KMS);
}
