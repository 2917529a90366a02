import { createClaimDirectory, createSealer, readKeyFile, type ClaimCheck } from '@das/dead-letters';
import {
  ByteBudget,
  Failure,
  Ingest,
  lateness,
  parse,
  systemClock,
  type KeyProvider,
  type Sink,
  type Step,
} from '@das/pipeline';
import { validate } from '@das/schema-validation';
import { createSnowpipeSink } from '@das/snowpipe';
import type { Logger } from 'pino';
import type { CollectorConfig } from './config';
import { createSource } from './create-source';
import type { CollectorDeclaration } from './declaration';
import { allOf, logObserver } from './log-observer';
import type { CollectorMetrics } from './metrics';
import { readSettingFile } from './setting-file';

const MEGABYTE = 1024 * 1024;
const CHECKPOINT_MS = 1_000;
/** Leaves room for the other columns in an append of four megabytes. */
const MAX_INLINE_DEAD_BYTES = 3_500_000;

export interface IngestParts {
  readonly declaration: CollectorDeclaration;
  readonly config: CollectorConfig;
  readonly metrics: CollectorMetrics;
  readonly logger: Logger;
  readonly onFatal: (failure: Failure) => void;
}

/** Wires a collector: the one place that knows every adapter. @throws Failure setup for a file that cannot be used */
export function createIngest(parts: IngestParts): Ingest {
  const { declaration, config, metrics, logger } = parts;
  const keys = readKeys(config.PHI_KEY_FILE);
  const claims = config.DAS_CLAIM_DIR === undefined ? noClaims : createClaimDirectory(config.DAS_CLAIM_DIR);
  return new Ingest({
    collector: declaration.name,
    version: declaration.version,
    contract: declaration.contracts[0],
    steps: stepsOf(declaration),
    source: createSource(declaration, config),
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

/** A key that is missing is told before the first record needs it. */
function readKeys(path: string): KeyProvider {
  const keys = readKeyFile(path);
  for (const purpose of ['dead-letter', 'record-hash'] as const) keys.current(purpose);
  return keys;
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
    // At each signing: a key that was exchanged is used as soon as the old one is refused.
    privateKeyPem: () => readSettingFile(config.SNOWFLAKE_PRIVATE_KEY_PATH, 'SNOWFLAKE_PRIVATE_KEY_PATH'),
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
