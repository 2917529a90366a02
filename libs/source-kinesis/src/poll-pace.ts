import { setTimeout as sleep } from 'node:timers/promises';

/** Longest wait after the service said that it was asked too much. */
const LONGEST_MS = 5_000;
const SLOWER = 1.5;

/**
 * When a shard may be read again. It gives five reads a second, to all consumers together: whoever finds nothing asks
 * less often, and whoever is told that it was too much waits twice as long.
 */
export class PollPace {
  private waitMs: number;
  private lastMs = -Infinity;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly pollMs: { readonly busy: number; readonly idle: number },
    private readonly random: () => number = Math.random,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.waitMs = pollMs.busy;
  }

  /** How long it is until the next read. */
  get dueMs(): number {
    return Math.max(0, this.lastMs + this.waitMs - this.now());
  }

  /** Resolves when it is the caller's turn to read; one after another. Ends early, and has no turn, when `signal` says so. */
  async turn(signal?: AbortSignal): Promise<void> {
    const mine = this.queue.then(async () => {
      if (isOver(signal)) return;
      await sleep(this.dueMs, undefined, signal && { signal }).catch(() => undefined);
      if (!isOver(signal)) this.lastMs = this.now();
    });
    this.queue = mine;
    return mine;
  }

  /** A read was answered. @param more - there were records, or more lie ahead */
  answered(more: boolean): void {
    const { busy, idle } = this.pollMs;
    this.waitMs = more ? busy : Math.min(idle, Math.max(busy, this.waitMs * SLOWER));
  }

  /** A read was refused as too much. Not all who were refused come back at once. */
  throttled(): void {
    const doubled = Math.max(this.waitMs, this.pollMs.busy) * 2;
    this.waitMs = Math.min(LONGEST_MS, doubled * (1 + this.random() / 2));
  }
}

/** Asked anew each time: it ends at any `await`. */
function isOver(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
