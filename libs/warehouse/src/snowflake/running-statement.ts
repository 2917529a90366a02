import type { Readable } from 'node:stream';
import type { Failure } from '@das/pipeline';
import type { Connection, RowStatement } from 'snowflake-sdk';
import { interrupted, timedOut } from '../interrupted';
import type { Bind } from '../warehouse';

/** Cancelling is asked for until the statement ends: the first time may come before Snowflake knows the statement. */
const REPEAT_MS = 500;
/** Snowflake ends it by itself; this is for when it does not answer any more. */
const GRACE_MS = 5_000;

export interface Statement {
  readonly sql: string;
  readonly binds: readonly Bind[];
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
}

/** One statement in one session, which ends when it is aborted or when its time is over. */
export class RunningStatement {
  private why: 'aborted' | 'timeout' | undefined;
  private running: RowStatement | undefined;
  private stream: Readable | undefined;
  private repeat: NodeJS.Timeout | undefined;
  private giveUp: NodeJS.Timeout | undefined;
  private onGivenUp: () => void = () => undefined;
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (): void => {
    this.end('aborted');
  };
  /** Whether the session may be used again. */
  isSound = true;

  constructor(
    private readonly connection: Connection,
    private readonly statement: Statement,
  ) {
    statement.signal?.addEventListener('abort', this.onAbort);
    this.timer = setTimeout(
      () => {
        this.end('timeout');
      },
      statement.timeoutSeconds * 1000 + GRACE_MS,
    );
  }

  get hasEnded(): boolean {
    return this.why !== undefined;
  }

  /** What ended it, where it was this. */
  failure(thrown?: unknown): Failure | undefined {
    if (this.why === 'timeout') return timedOut(thrown);
    return this.why === undefined ? undefined : interrupted();
  }

  /** Resolves once Snowflake has the result. */
  async executed(): Promise<RowStatement> {
    const { sql, binds, timeoutSeconds } = this.statement;
    return new Promise((resolve, reject) => {
      this.onGivenUp = () => {
        this.isSound = false;
        reject(new Error('Snowflake does not answer'));
      };
      this.running = this.connection.execute({
        sqlText: sql,
        binds: [...binds],
        streamResult: true,
        rowMode: 'array',
        fetchAsString: ['Number'],
        parameters: { STATEMENT_TIMEOUT_IN_SECONDS: timeoutSeconds, MULTI_STATEMENT_COUNT: 1 },
        // Without an error the driver says null, whatever its types say.
        complete: (error: Error | null | undefined, statement) => {
          this.running = undefined;
          this.stopCancelling();
          if (error === null || error === undefined) resolve(statement);
          else reject(error);
        },
      });
      if (this.statement.signal?.aborted === true) this.end('aborted');
      else if (this.hasEnded) this.cancel();
    });
  }

  /** The rows, which are fetched as they are read. */
  rows(statement: RowStatement): AsyncIterable<unknown> {
    this.stream = statement.streamRows();
    // It may fail before anybody reads it; whoever does is told all the same.
    this.stream.on('error', () => undefined);
    return this.stream;
  }

  /** Idempotent. */
  over(): void {
    clearTimeout(this.timer);
    this.stopCancelling();
    this.statement.signal?.removeEventListener('abort', this.onAbort);
    this.stream?.destroy();
  }

  private end(why: 'aborted' | 'timeout'): void {
    if (this.why !== undefined) return;
    this.why = why;
    if (this.running !== undefined) this.cancel();
    this.stream?.destroy(new Error('ended'));
  }

  private cancel(): void {
    const cancel = (): void => {
      this.running?.cancel(() => undefined);
    };
    cancel();
    this.repeat ??= setInterval(cancel, REPEAT_MS);
    this.giveUp ??= setTimeout(() => {
      this.onGivenUp();
    }, GRACE_MS);
  }

  private stopCancelling(): void {
    clearInterval(this.repeat);
    clearTimeout(this.giveUp);
  }
}
