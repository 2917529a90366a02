import { interrupted, isAborted } from '../interrupted';

/** What a pool needs to know of a session. */
export interface SessionFactory<T> {
  open(): Promise<T>;
  close(session: T): Promise<void>;
}

/**
 * At most `most` sessions, each used by one query at a time; who comes when all are in use waits in line, and may be
 * told to stop waiting. (The driver's own pool cannot, and hands sessions out again that are broken.)
 */
export class SessionPool<T> {
  private readonly idle: T[] = [];
  private readonly line: (() => void)[] = [];
  private inUse = 0;
  private isClosed = false;

  constructor(
    private readonly factory: SessionFactory<T>,
    private readonly most: number,
  ) {}

  /** @throws Failure when a session cannot be opened, or the signal says so */
  async take(signal: AbortSignal | undefined): Promise<T> {
    while (this.inUse >= this.most) await this.turn(signal);
    this.inUse++;
    try {
      if (this.isClosed) throw new Error('the warehouse is closed');
      return this.idle.pop() ?? (await this.factory.open());
    } catch (thrown) {
      this.free();
      throw thrown;
    }
  }

  /** @param isSound - whether another query may use it */
  async giveBack(session: T, isSound: boolean): Promise<void> {
    if (isSound && !this.isClosed) this.idle.push(session);
    else await this.factory.close(session);
    this.free();
  }

  /** Sessions in use are closed when they are given back. Idempotent. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.idle.splice(0).map(async (session) => this.factory.close(session)));
  }

  private free(): void {
    this.inUse--;
    this.line.shift()?.();
  }

  private async turn(signal: AbortSignal | undefined): Promise<void> {
    if (isAborted(signal)) throw interrupted();
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = (): void => {
        this.line.splice(this.line.indexOf(go), 1);
        reject(interrupted());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.line.push(go);
    });
  }
}
