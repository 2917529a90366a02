import type { Source } from '@das/pipeline';
import { createJournalSource } from '@das/source-journal';
import type { S3SourceObserver } from '@das/source-s3';
import type { CollectorConfig } from './config';
import type { CollectorDeclaration } from './declaration';
import { kafkaSource } from './sources/kafka';
import { kinesisSource } from './sources/kinesis';
import { s3Source } from './sources/s3';
import { required } from './sources/setting';

const JOURNAL_POLL_MS = 50;

/**
 * The source of the contract, or the journal that stands for it.
 * @param objects - hears of the objects of a bucket
 * @throws Failure setup
 */
export function createSource(
  { name, contracts }: CollectorDeclaration,
  config: CollectorConfig,
  objects?: S3SourceObserver,
): Source {
  const { source } = contracts[0];
  if (config.DAS_SOURCE === 'journal') {
    return createJournalSource({
      dir: required(config.DAS_JOURNAL_DIR),
      topic: source.log,
      consumer: config.KAFKA_GROUP_ID ?? name,
      pollMs: JOURNAL_POLL_MS,
    });
  }
  switch (source.kind) {
    case 'kafka':
      return kafkaSource(source, name, config);
    case 'kinesis':
      return kinesisSource(source, name, config);
    case 's3':
      return s3Source(source, name, config, objects);
  }
}
