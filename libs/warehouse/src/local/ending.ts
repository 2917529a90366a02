import type { Failure } from '@das/pipeline';
import type { DuckDBConnection } from '@duckdb/node-api';
import { interrupted, timedOut } from '../interrupted';

const REPEAT_MS = 20;

/** Ends a query when it is aborted, or when its time is over. */
export class Ending {
  private why: 'aborted' | 'timeout' | 'left' | undefined;
  private repeat: NodeJS.Timeout | undefined;
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (): void => {
    this.end('aborted');
  };

  constructor(
    private readonly db: Pick<DuckDBConnection, 'interrupt'>,
    private readonly signal: AbortSignal | undefined,
    timeoutSeconds: number,
  ) {
    signal?.addEventListener('abort', this.onAbort);
    this.timer = setTimeout(() => {
      this.end('timeout');
    }, timeoutSeconds * 1000);
    if (signal?.aborted === true) this.end('aborted');
  }

  get hasEnded(): boolean {
    return this.why !== undefined;
  }

  /** Nobody looks at its rows any more. */
  leave(): void {
    this.end('left');
  }

  /** What ended it, where it was this; `thrown` is what DuckDB made of it. */
  failure(thrown?: unknown): Failure | undefined {
    if (this.why === 'timeout') return timedOut(thrown);
    return this.why === undefined ? undefined : interrupted();
  }

  /** Once nothing of the query runs. Idempotent. */
  over(): void {
    clearTimeout(this.timer);
    clearInterval(this.repeat);
    this.signal?.removeEventListener('abort', this.onAbort);
  }

  private end(why: 'aborted' | 'timeout' | 'left'): void {
    if (this.why !== undefined) return;
    this.why = why;
    this.db.interrupt();
    // An interrupt between two steps of a query is lost.
    this.repeat = setInterval(() => {
      this.db.interrupt();
    }, REPEAT_MS);
  }
}
