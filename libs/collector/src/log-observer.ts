import type { Failure, PipelineObserver } from '@das/pipeline';
import type { Logger } from 'pino';

/** The part of what happens that a person wants to read: no counts, no payloads, no vendor's words. */
export function logObserver(logger: Logger): Partial<PipelineObserver> {
  return {
    running: (partition) => {
      logger.info({ partition }, 'partition running');
    },
    released: (partition) => {
      logger.info({ partition }, 'partition released');
    },
    failed: (partition, failure) => {
      const level = failure.kind === 'transient' ? 'warn' : 'error';
      logger[level]({ partition, ...fieldsOf(failure) }, failure.message);
    },
    rejected: (partition, rows) => {
      logger.error({ partition, rows }, 'the table refused rows: read its error table');
    },
    fuseBlown: (partition, failure) => {
      logger.error({ partition, code: failure.code, cure: failure.cure }, failure.message);
    },
    fuseReset: (partition) => {
      logger.info({ partition }, 'fuse reset: reading goes on');
    },
    gap: (partition, gap) => {
      logger.error({ partition, ...gap }, 'retention gap accepted by contract');
    },
    checkpointFailed: (partition, failure) => {
      logger.warn(
        { partition, code: failure.code },
        'the source checkpoint was not written; the next one makes up for it',
      );
    },
  };
}

/** What a log line has of a failure beside its message. */
export function fieldsOf({ kind, code, cure, places }: Failure) {
  return { kind, code, cure, ...(kind === 'unknown' && { at: places }) };
}

/** Each new reason for which the collector cannot begin, and that there is none any more. */
export function logSetup(logger: Logger): (failure: Failure | undefined) => void {
  return (failure) => {
    if (failure === undefined) logger.info('set-up cured');
    else logger.error(fieldsOf(failure), failure.message);
  };
}

/** Each new reason for which the keys could not be read again, and that they could be. */
export function logKeys(logger: Logger): (failure: Failure | undefined) => void {
  let last: string | undefined;
  return (failure) => {
    if (failure?.line === last) return;
    last = failure?.line;
    if (failure === undefined) logger.info('keys are read again');
    else {
      const { kind, code, cure } = failure;
      logger.error(
        { kind, code, cure },
        `keys could not be read again, and stay as they are: ${failure.message}`,
      );
    }
  };
}

/** Tells several observers, in order. */
export function allOf(first: PipelineObserver, second: Partial<PipelineObserver>): PipelineObserver {
  const both = { ...first };
  for (const name of Object.keys(second) as (keyof PipelineObserver)[]) {
    const tellFirst = first[name] as (...args: unknown[]) => void;
    const tellSecond = second[name] as (...args: unknown[]) => void;
    (both as Record<string, unknown>)[name] = (...args: unknown[]) => {
      tellFirst(...args);
      tellSecond(...args);
    };
  }
  return both;
}
