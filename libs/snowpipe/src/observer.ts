export type Operation = 'hostname' | 'token' | 'open' | 'append' | 'status';

/** Hears of every request, for metrics per stage. Must not throw. */
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
}

export const silentObserver: SnowpipeObserver = { requestFinished: () => undefined };
