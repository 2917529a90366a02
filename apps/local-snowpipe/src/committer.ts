import type { Pipe } from './store';

/** Commits what was received, again and again; what cannot be committed is kept and tried again. */
export class Committer {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  /** Why the last round failed; undefined: it did not. */
  fault: string | undefined;

  constructor(
    private readonly pipes: readonly Pipe[],
    private readonly intervalMs: number,
    private readonly log: (line: string) => void,
  ) {
    this.schedule();
  }

  /** Commits what was received until now, once. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
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
    const results = await Promise.allSettled(this.pipes.map((pipe) => pipe.commitAll()));
    const failed = results.find((result) => result.status === 'rejected');
    const fault = failed === undefined ? undefined : codeOf(failed.reason);
    if (fault !== this.fault)
      this.log(
        fault === undefined
          ? 'commits work again'
          : `cannot commit (${fault}); rows are kept and tried again`,
      );
    this.fault = fault;
  }
}

function codeOf(reason: unknown): string {
  const { code } = reason as NodeJS.ErrnoException;
  if (code !== undefined) return code;
  return reason instanceof Error ? reason.name : 'error';
}
