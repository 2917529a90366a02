import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../wait';
import type { Run } from './run';

/** Records that always wait, so that throughput is what the collectors can do and not what is sent. */
const BACKLOG = 40_000;
const BURST = 2_000;
/** An event is of this minute: an old one would be late. */
const FRESH_MS = 60_000;
const LOOK_MS = 100;
const DRAIN_MS = 120_000;

/** Records up to these offsets, of all partitions of a topic together: each begins at offset 0. */
function recordsUpTo(positions: ReadonlyMap<string, string>): number {
  return [...positions.values()].reduce((sum, position) => sum + Number(position) + 1, 0);
}

/** As many events as the collectors take, of a topic in Kafka. */
export class Load {
  private ended = false;
  private readonly feeding: Promise<void>;

  constructor(private readonly run: Run) {
    this.feeding = this.feed();
  }

  committed(): number {
    this.run.watch.look();
    return recordsUpTo(this.run.watch.positions);
  }

  /** @returns records that were committed per second while `work` went on */
  async rateDuring(work: () => Promise<void>): Promise<number> {
    const before = { ms: Date.now(), records: this.committed() };
    await work();
    return (this.committed() - before.records) / ((Date.now() - before.ms) / 1000);
  }

  /** Resolves when what was sent is committed. */
  async end(): Promise<void> {
    this.ended = true;
    await this.feeding;
    const { flow } = this.run;
    await until('the backlog is gone', () => this.committed() >= flow.acknowledged, DRAIN_MS);
  }

  private async feed(): Promise<void> {
    const { flow } = this.run;
    let events = flow.pool(BURST);
    let madeMs = Date.now();
    while (!this.ended) {
      if (flow.acknowledged - this.committed() > BACKLOG) await sleep(LOOK_MS);
      else await flow.burst(events);
      if (Date.now() - madeMs < FRESH_MS) continue;
      events = flow.pool(BURST);
      madeMs = Date.now();
    }
  }
}
