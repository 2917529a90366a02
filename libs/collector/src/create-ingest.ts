import { RefreshedKeys } from '@das/keys';
import { protect, scan, type ScanObserver } from '@das/phi';
import {
  ByteBudget,
  decode,
  Ingest,
  lateness,
  parse,
  systemClock,
  type EventDecoder,
  type Failure,
  type KeyProvider,
  type Step,
} from '@das/pipeline';
import { preparedSource } from '@das/schema-registry';
import { validate } from '@das/schema-validation';
import type { Logger } from 'pino';
import type { CollectorConfig } from './config';
import { createDecoder } from './create-decoder';
import { createDeadLetterSealer, readKeys } from './create-sealer';
import { createSink } from './create-sink';
import { createSource } from './create-source';
import type { CollectorDeclaration } from './declaration';
import { allOf, fieldsOf, logKeys, logObserver } from './log-observer';
import type { CollectorMetrics } from './metrics';

const MEGABYTE = 1024 * 1024;
const CHECKPOINT_MS = 1_000;

export interface IngestParts {
  readonly declaration: CollectorDeclaration;
  readonly config: CollectorConfig;
  readonly metrics: CollectorMetrics;
  readonly logger: Logger;
  readonly onFatal: (failure: Failure) => void;
  /** Hears of what is to be let go of with the ingest. */
  readonly onEnd: (end: () => void) => void;
}

/** Wires a collector: the one place that knows every adapter. @throws Failure for files and keys that cannot be used now */
export async function createIngest(parts: IngestParts): Promise<Ingest> {
  const { declaration, config, metrics, logger } = parts;
  const keys = await openRefreshed(parts);
  const decoder = createDecoder(declaration, config);
  const source = createSource(declaration, config, metrics.objects.observer(logger));
  if (config.SNOWFLAKE_ROLE !== undefined) {
    // The documented token exchange has no place for a role.
    logger.warn('SNOWFLAKE_ROLE has no effect on ingest: set DEFAULT_ROLE of SNOWFLAKE_USER instead');
  }
  return new Ingest({
    collector: declaration.name,
    version: declaration.version,
    contract: declaration.contracts[0],
    steps: stepsOf(declaration, { keys, decoder, observer: metrics.scan }),
    source: decoder === undefined ? source : preparedSource(source, decoder),
    sink: createSink(declaration, config, metrics.snowpipe),
    clock: systemClock,
    keys,
    sealer: createDeadLetterSealer(config, keys),
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
      else logger.error(fieldsOf(failure), failure.message);
    },
  });
}

/** The keys, read again beside the ingest. @throws Failure */
async function openRefreshed(parts: IngestParts): Promise<RefreshedKeys> {
  const { config, metrics, logger } = parts;
  const log = logKeys(logger);
  const { DAS_KEY_MAX_AGE_SECONDS: maxAge } = config;
  const keys = await RefreshedKeys.open({
    open: () => readKeys(config),
    clock: systemClock,
    refreshMs: config.DAS_KEY_REFRESH_SECONDS * 1000,
    maxAgeMs: maxAge === undefined ? undefined : maxAge * 1000,
    onLook: (failure) => {
      metrics.keys.looked(failure);
      log(failure);
    },
  });
  parts.onEnd(() => {
    keys.stop();
  });
  metrics.keys.show(keys);
  return keys;
}

/** What the steps need besides the declaration. */
export interface StepParts {
  readonly keys: KeyProvider;
  /** Hears what is found where no PHI is declared. */
  readonly observer?: ScanObserver;
  /** Of a stream whose records are no JSON. */
  readonly decoder?: EventDecoder | undefined;
}

const NOBODY: ScanObserver = { phiFound: () => undefined };

/**
 * What an event goes through, in order, before its row is written.
 * @throws Failure setup for a key that the contracts need and that is missing
 */
export function stepsOf(
  { contracts, enrich }: CollectorDeclaration,
  { keys, decoder, observer = NOBODY }: StepParts,
): readonly Step[] {
  return [
    ...(decoder === undefined ? [] : [decode(decoder)]),
    parse(),
    validate(contracts),
    lateness(systemClock),
    // Before protection: an enrichment judges what was sent.
    ...(enrich === undefined ? [] : [enrich]),
    // On what was sent: protection rewrites it.
    scan(contracts, observer),
    protect(contracts, { keys, clock: systemClock }),
  ];
}
