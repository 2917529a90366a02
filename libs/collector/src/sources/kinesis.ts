import type { StreamSource } from '@das/contracts';
import type { Source } from '@das/pipeline';
import { createKinesisSource } from '@das/source-kinesis';
import type { z } from 'zod';
import { seconds, text } from './setting';

export const KINESIS_SETTINGS = {
  /** The DynamoDB table of who reads which shard; its keys are the strings `log` (partition) and `shard` (sort). */
  KINESIS_LEASE_TABLE: text.default('das-leases'),
  /** An instance that is silent for so long loses its shards. */
  KINESIS_LEASE_SECONDS: seconds.default(15),
};

/** Region, endpoints (AWS_ENDPOINT_URL_KINESIS, AWS_ENDPOINT_URL_DYNAMODB) and credentials are found as the AWS SDK finds them. */
export function kinesisSource(
  { stream }: StreamSource<'kinesis'>,
  collector: string,
  settings: z.output<z.ZodObject<typeof KINESIS_SETTINGS>>,
): Source {
  return createKinesisSource({
    stream,
    consumer: collector,
    leaseTable: settings.KINESIS_LEASE_TABLE,
    leaseMs: settings.KINESIS_LEASE_SECONDS * 1000,
  });
}
