import { Failure } from '@das/pipeline';

export function interrupted(): Failure {
  return new Failure('transient', 'interrupted', 'the query was interrupted');
}

/** Asked anew each time: it changes at any `await`. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
