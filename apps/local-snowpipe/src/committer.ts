import { UndecidedError } from './durable-fs';
import type { Faults } from './faults';
import type { Pipe } from './pipe';

/** Commits what was received, again and again; what cannot be committed is kept and tried again. */
export class Committer {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  /** Why the last round failed; undefined: it did not. */
  fault: string | undefined;

  /** @param die - ends the process at once, as a crash would */
  constructor(
    private readonly pipes: readonly Pipe[],
    private readonly intervalMs: number,
    private readonly faults: Faults,
    private readonly log: (line: string) => void,
    private readonly die: () => void,
  ) {
    this.schedule();
  }

  /** Commits what was received until now, once. @returns whether it could be committed */
  async stop(): Promise<boolean> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
    await this.round();
    return this.fault === undefined;
  }

  /** Commits what was received until now, between two rounds; where commits fail, it is left to the next one. */
  async commitNow(): Promise<void> {
    await this.running;
    await this.round();
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round().finally(() => {
        this.schedule();
      });
    }, this.intervalMs);
  }

  private async round(): Promise<void> {
    if (this.faults.stands('disk-full')) {
      this.report('ENOSPC');
      return;
    }
    if (this.faults.stands('withhold-commits')) return;
    const results = await Promise.allSettled(this.pipes.map((pipe) => pipe.commitAll()));
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    if (reasons.some((reason) => reason instanceof UndecidedError)) {
      this.log('a commit may or may not last: start again to find out');
      this.die();
    }
    this.report(reasons.length === 0 ? undefined : codeOf(reasons[0]));
  }

  private report(fault: string | undefined): void {
    if (fault !== this.fault) {
      const text = `cannot commit (${fault ?? ''}); rows are kept and tried again`;
      this.log(fault === undefined ? 'commits work again' : text);
    }
    this.fault = fault;
  }
}

/** The code of a file system's error, or else the kind of error: never a message, which may quote a row. */
function codeOf(reason: unknown): string {
  const { code } = reason as NodeJS.ErrnoException;
  if (code !== undefined) return code;
  // DuckDB's messages begin with their kind, such as `IO Error: `.
  const [, kind] = /^(\w+( \w+)? Error):/.exec(reason instanceof Error ? reason.message : '') ?? [];
  return kind ?? 'error';
}
