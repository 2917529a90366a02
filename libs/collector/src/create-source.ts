import type { Source } from '@das/pipeline';
import { createJournalSource } from '@das/source-journal';
import { createKafkaSource } from '@das/source-kafka';
import type { CollectorConfig } from './config';
import type { CollectorDeclaration } from './declaration';
import { readAuthority } from './setting-file';

const JOURNAL_POLL_MS = 50;

/** The source that the environment names, of the contract's topic. @throws Failure setup */
export function createSource(declaration: CollectorDeclaration, config: CollectorConfig): Source {
  const { topic } = declaration.contracts[0].source;
  const consumer = config.KAFKA_GROUP_ID ?? declaration.name;
  if (config.DAS_SOURCE === 'journal') {
    return createJournalSource({
      dir: required(config.DAS_JOURNAL_DIR),
      topic,
      consumer,
      pollMs: JOURNAL_POLL_MS,
    });
  }
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SSL_CA_PATH: caPath } = config;
  const ssl = config.KAFKA_SSL ?? (mechanism !== undefined || caPath !== undefined);
  return createKafkaSource({
    brokers: required(config.KAFKA_BROKERS).split(','),
    groupId: consumer,
    clientId: declaration.name,
    topic,
    sessionTimeoutMs: config.KAFKA_SESSION_SECONDS * 1000,
    ...(ssl && { ssl: caPath === undefined ? true : { ca: readAuthority(caPath) } }),
    ...(mechanism !== undefined && {
      sasl: {
        mechanism,
        username: required(config.KAFKA_SASL_USERNAME),
        password: required(config.KAFKA_SASL_PASSWORD),
      },
    }),
  });
}

/** The configuration's own rules guarantee it. */
function required(value: string | undefined): string {
  if (value === undefined) throw new Error('a setting that its rule requires is missing');
  return value;
}
