import { readFileSync } from 'node:fs';
import { createClaimDirectory, createSealer, readKeyFile, type ClaimCheck } from '@das/dead-letters';
import {
  ByteBudget,
  Failure,
  Ingest,
  lateness,
  parse,
  systemClock,
  type Sink,
  type Source,
  type Step,
} from '@das/pipeline';
import { validate } from '@das/schema-validation';
import { createSnowpipeSink } from '@das/snowpipe';
import { createJournalSource } from '@das/source-journal';
import { createKafkaSource } from '@das/source-kafka';
import type { Logger } from 'pino';
import type { CollectorConfig } from './config';
import type { CollectorDeclaration } from './declaration';
import { allOf, logObserver } from './log-observer';
import type { CollectorMetrics } from './metrics';

const MEGABYTE = 1024 * 1024;
const CHECKPOINT_MS = 1_000;
const JOURNAL_POLL_MS = 50;
/** Leaves room for the other columns in an append of four megabytes. */
const MAX_INLINE_DEAD_BYTES = 3_500_000;

export interface IngestParts {
  readonly declaration: CollectorDeclaration;
  readonly config: CollectorConfig;
  readonly metrics: CollectorMetrics;
  readonly logger: Logger;
  readonly onFatal: (failure: Failure) => void;
}

/** Wires a collector: the one place that knows every adapter. @throws Failure setup */
export function createIngest(parts: IngestParts): Ingest {
  const { declaration, config, metrics, logger } = parts;
  const keys = readKeyFile(config.PHI_KEY_FILE);
  const claims = config.DAS_CLAIM_DIR === undefined ? noClaims : createClaimDirectory(config.DAS_CLAIM_DIR);
  return new Ingest({
    collector: declaration.name,
    version: declaration.version,
    contract: declaration.contracts[0],
    steps: stepsOf(declaration),
    source: createSource(parts),
    sink: createSink(parts),
    clock: systemClock,
    keys,
    sealer: createSealer({ keys, claims, maxInlineBytes: MAX_INLINE_DEAD_BYTES }),
    budget: new ByteBudget({
      processBytes: config.DAS_BUFFER_MB * MEGABYTE,
      partitionBytes: config.DAS_PARTITION_BUFFER_MB * MEGABYTE,
    }),
    observer: allOf(metrics.pipeline, logObserver(logger)),
    checkpointMs: CHECKPOINT_MS,
    setupRetryMs: config.DAS_SETUP_RETRY_SECONDS * 1000,
    commitPatienceMs: config.DAS_COMMIT_PATIENCE_SECONDS * 1000,
    onFatal: parts.onFatal,
    onSourceFailure: (failure) => {
      if (failure === undefined) logger.info('source joined');
      else logger.error({ kind: failure.kind, code: failure.code, cure: failure.cure }, failure.message);
    },
  });
}

/** What an event goes through, in order, before its row is written. */
export function stepsOf({ contracts, enrich }: CollectorDeclaration): readonly Step[] {
  const steps = [parse(), validate(contracts), lateness(systemClock)];
  return enrich === undefined ? steps : [...steps, enrich];
}

function createSource({ declaration, config }: IngestParts): Source {
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
    ...(ssl && { ssl: caPath === undefined ? true : { ca: readText(caPath, 'KAFKA_SSL_CA_PATH') } }),
    ...(mechanism !== undefined && {
      sasl: {
        mechanism,
        username: required(config.KAFKA_SASL_USERNAME),
        password: required(config.KAFKA_SASL_PASSWORD),
      },
    }),
  });
}

function createSink({ declaration, config, metrics, logger }: IngestParts): Sink {
  if (config.SNOWFLAKE_ROLE !== undefined) {
    // The documented token exchange has no place for a role.
    logger.warn('SNOWFLAKE_ROLE has no effect on ingest: set DEFAULT_ROLE of SNOWFLAKE_USER instead');
  }
  const { database, schema, name } = declaration.contracts[0].table;
  return createSnowpipeSink({
    accountUrl: config.SNOWFLAKE_ACCOUNT_URL,
    account: config.SNOWFLAKE_ACCOUNT,
    user: config.SNOWFLAKE_USER,
    privateKeyPem: readText(config.SNOWFLAKE_PRIVATE_KEY_PATH, 'SNOWFLAKE_PRIVATE_KEY_PATH'),
    database,
    schema,
    pipe: `${name}-STREAMING`,
    observer: metrics.snowpipe,
  });
}

/** A record that exceeds one append stops its partition until somebody says where such records may go. */
const noClaims: ClaimCheck = {
  deposit() {
    throw new Failure(
      'setup',
      'claim_dir_missing',
      'a dead letter exceeds one append and DAS_CLAIM_DIR is not set',
      {
        cure: 'set DAS_CLAIM_DIR to a durable directory',
      },
    );
  },
  redeem: () => undefined,
};

/** The configuration's own rules guarantee it. */
function required(value: string | undefined): string {
  if (value === undefined) throw new Error('a setting that its rule requires is missing');
  return value;
}

function readText(path: string, setting: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure('setup', 'unreadable_file', `the file named by ${setting} cannot be read`, { cause });
  }
}
