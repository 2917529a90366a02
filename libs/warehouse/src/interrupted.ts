import { Failure } from '@das/pipeline';

export function interrupted(): Failure {
  return new Failure('transient', 'interrupted', 'the query was interrupted');
}

export function timedOut(cause?: unknown): Failure {
  return new Failure('transient', 'warehouse_timeout', 'the query was ended before its end', {
    cure: 'ask for less, or raise DAS_READ_TIMEOUT_SECONDS',
    cause,
  });
}

/** Asked anew each time: it changes at any `await`. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
