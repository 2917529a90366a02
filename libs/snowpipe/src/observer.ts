import type { Failure } from '@das/pipeline';

export type Operation = 'hostname' | 'token' | 'open' | 'append' | 'status' | 'drop';

/** Hears of every request, for metrics per stage: openings and polls are requests too. Must not throw. */
export interface SnowpipeObserver {
  requestFinished(request: {
    readonly operation: Operation;
    /** HTTP status, or 0 where no answer came. */
    readonly status: number;
    readonly seconds: number;
    /** On the wire. */
    readonly bytesSent: number;
    /** From 0. */
    readonly attempt: number;
  }): void;
  /** A status poll came to nothing, its retries included; it will be made again. */
  pollFailed?(failure: Failure): void;
}

export const silentObserver: SnowpipeObserver = { requestFinished: () => undefined };
