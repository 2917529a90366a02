import type { StreamSource } from '@das/contracts';
import type { Source } from '@das/pipeline';
import { createS3Source, type S3SourceObserver } from '@das/source-s3';
import { z } from 'zod';
import { seconds, text } from './setting';

const DAY_SECONDS = 86_400;

export const S3_SETTINGS = {
  /** The DynamoDB table of which objects are read, by whom, and which are done; its partition key is the string `id`. */
  S3_LEDGER_TABLE: text.default('das-objects'),
  /** An object whose instance is silent for so long goes to another one. */
  S3_LEASE_SECONDS: seconds.default(60),
  /** Between looks at all that is below the prefix, for what no notification told of. */
  S3_LIST_SECONDS: z.coerce.number().positive().max(DAY_SECONDS).default(300),
  /** How many objects are read side by side. */
  S3_OBJECTS: z.coerce.number().int().positive().max(64).default(4),
  /** So often an object is tried without getting further, before it counts as unreadable. */
  S3_TRIES: z.coerce.number().int().positive().max(100).default(5),
};

/**
 * Region, endpoints (AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_DYNAMODB) and credentials are found as
 * the AWS SDK finds them.
 */
export function s3Source(
  { log, bucket, prefix, queue }: StreamSource<'s3'>,
  collector: string,
  settings: z.output<z.ZodObject<typeof S3_SETTINGS>>,
  observer: S3SourceObserver | undefined,
): Source {
  return createS3Source({
    log,
    bucket,
    prefix,
    queue,
    consumer: collector,
    ledgerTable: settings.S3_LEDGER_TABLE,
    leaseMs: settings.S3_LEASE_SECONDS * 1000,
    listEveryMs: settings.S3_LIST_SECONDS * 1000,
    maxObjects: settings.S3_OBJECTS,
    maxTries: settings.S3_TRIES,
    ...(observer !== undefined && { observer }),
  });
}
