import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../events/random';
import { landingOf } from '../oracle/landing';
import { recount } from '../oracle/recount';
import { ChaosFleet, type FleetOptions } from './chaos-fleet';
import { EventFlow } from './event-flow';
import { LakeWatch } from './lake-watch';
import type { ChaosReport } from './report';
import { rounded, settle } from './settle';
import type { SourceKind } from './source-rig';
import type { Trouble } from './troubles';

const PROGRESS_MS = 5_000;
const RESPITE_LOOK_MS = 50;

export interface RunOptions {
  /** Keeps all logs and data. */
  readonly dir: string;
  readonly source: SourceKind;
  /** The same seed makes the same troubles in the same order; what they meet is the machine's affair. */
  readonly seed: number;
  /** One line, every few seconds. */
  readonly onProgress?: (line: string) => void;
  /** Ends the run early, in order and with a report. */
  readonly signal?: AbortSignal;
}

/** One run: a fleet, what flows through it, and the books of what was done to it. */
export class Run {
  readonly random: Random;
  readonly watch: LakeWatch;
  readonly startedMs = Date.now();
  private readonly troubles: Record<string, number> = {};
  private readonly settleSeconds: number[] = [];
  private stranded = 0;
  private left: readonly string[] = [];

  private constructor(
    readonly fleet: ChaosFleet,
    readonly flow: EventFlow,
    private readonly options: RunOptions,
  ) {
    this.random = new Random(options.seed);
    this.watch = new LakeWatch(fleet.lake, fleet.rig.contract.table);
  }

  /** Starts everything, lets it run, and stops everything. */
  static async with<T>(
    options: RunOptions,
    fleetOptions: FleetOptions,
    body: (run: Run) => Promise<T>,
  ): Promise<T> {
    const fleet = await ChaosFleet.start(options.dir, options.source, fleetOptions);
    const { seed, onProgress } = options;
    const flow = new EventFlow(fleet.rig, seed);
    const run = new Run(fleet, flow, options);
    const progress = setInterval(() => onProgress?.(run.progress()), PROGRESS_MS);
    try {
      fleet.note(`seed ${seed}`);
      return await body(run);
    } finally {
      clearInterval(progress);
      await flow.close();
      await fleet.stop();
    }
  }

  get isInterrupted(): boolean {
    return this.options.signal?.aborted === true;
  }

  /** Makes a trouble, and a note of it. */
  async make(trouble: Trouble): Promise<void> {
    this.fleet.note(`${trouble.name} …`);
    this.fleet.note(`${trouble.name} ${await trouble.make(this.fleet, this.random)}`);
    this.troubles[trouble.name] = (this.troubles[trouble.name] ?? 0) + 1;
  }

  /** Resolves once something was committed, at the latest after so long. */
  async respite(ms: number): Promise<void> {
    this.watch.look();
    const [before, endMs] = [this.watch.count, Date.now() + ms];
    while (this.watch.count === before && Date.now() < endMs) {
      await sleep(RESPITE_LOOK_MS);
      this.watch.look();
    }
  }

  /** Ends the flow, makes one more trouble, and sees that all is committed without anything new to come. */
  async calm(troubles: readonly Trouble[]): Promise<void> {
    const ends = await this.flow.stop();
    await this.make(this.random.pick(troubles));
    const { seconds, stranded, left } = await settle(this.fleet, this.watch, ends);
    this.settleSeconds.push(seconds);
    this.stranded += stranded;
    this.left = [...this.left, ...left];
  }

  /** Lets the oracle count. */
  async report(
    rest: Pick<ChaosReport, 'profile' | 'longestStallSeconds' | 'recovery'>,
  ): Promise<ChaosReport> {
    const seconds = (Date.now() - this.startedMs) / 1000;
    const { lake, rig, keys } = this.fleet;
    const { produced, rows, dropped, lost, duplicated, altered, misordered } = await recount({
      lake,
      table: rig.contract.table,
      records: rig.records(landingOf(rig.contract, keys.phiKeyFile)),
    });
    return {
      ...rest,
      source: this.options.source,
      seed: this.options.seed,
      minutes: rounded(seconds / 60),
      troubles: this.troubles,
      acknowledged: this.flow.acknowledged,
      ...{ produced, rows, dropped, lost, duplicated, altered, misordered },
      stranded: this.stranded,
      left: this.left,
      settleSeconds: this.settleSeconds,
      recordsPerSecond: Math.round(produced / seconds),
      unexpectedExits: this.fleet.unexpectedExits,
    };
  }

  private progress(): string {
    this.watch.look();
    const seconds = Math.round((Date.now() - this.startedMs) / 1000);
    const made = Object.values(this.troubles).reduce((sum, count) => sum + count, 0);
    const { members } = this.fleet;
    return `${seconds} s  sent ${this.flow.acknowledged}  commits ${this.watch.count}  collectors ${members.length}  troubles ${made}`;
  }
}
