import { asFailure, type Clock, type Failure, type Ingest, type IngestHealth } from '@das/pipeline';

/** What of an ingest its surroundings use: health, metrics, administration and the process's life. */
export type IngestHost = Pick<Ingest, 'start' | 'stop' | 'health' | 'lag' | 'fuseStates' | 'resetFuses'>;

export interface LateIngestOptions {
  /**
   * Reads every file that settings name.
   * @param onEnd - takes what is to be let go of, with the ingest or when it cannot be made
   * @throws Failure setup or transient while one of them is missing, wrong or cannot be read
   */
  readonly create: (onEnd: (end: () => void) => void) => Promise<Ingest>;
  readonly clock: Clock;
  /** Between looks at what it cannot begin for, milliseconds. */
  readonly retryMs: number;
  /** Hears of each new reason, and `undefined` once it is cured. */
  readonly onSetup: (failure: Failure | undefined) => void;
  readonly onFatal: (failure: Failure) => void;
}

/** An ingest that is made once it can be: until then the collector is up, not ready, and says why. */
export class LateIngest implements IngestHost {
  private made: Ingest | undefined;
  private failure: Failure | undefined;
  private stopped = false;
  private cancelRetry: () => void = () => undefined;
  private ends: (() => void)[] = [];

  constructor(private readonly options: LateIngestOptions) {}

  async start(): Promise<void> {
    if (this.stopped) return;
    const { create, clock, retryMs, onSetup, onFatal } = this.options;
    try {
      const made = await create((end) => this.ends.push(end));
      if (this.isStopped()) {
        // Meanwhile.
        this.letGo();
        return;
      }
      this.made = made;
    } catch (thrown) {
      this.letGo();
      if (this.isStopped()) return;
      const failure = asFailure(thrown);
      if (failure.line !== this.failure?.line) onSetup(failure);
      this.failure = failure;
      if (failure.kind !== 'setup' && failure.kind !== 'transient') onFatal(failure);
      else this.cancelRetry = clock.after(retryMs, () => void this.start());
      return;
    }
    if (this.failure !== undefined) onSetup(undefined);
    this.failure = undefined;
    await this.made.start();
  }

  async stop(boundMs: number): Promise<boolean> {
    this.stopped = true;
    this.cancelRetry();
    try {
      return (await this.made?.stop(boundMs)) ?? true;
    } finally {
      this.letGo();
    }
  }

  health(): IngestHealth {
    return this.made?.health() ?? { joined: false, failure: this.failure, partitions: [] };
  }

  async lag(): ReturnType<Ingest['lag']> {
    return (await this.made?.lag()) ?? [];
  }

  fuseStates(): ReturnType<Ingest['fuseStates']> {
    return this.made?.fuseStates() ?? [];
  }

  resetFuses(partition?: string): ReturnType<Ingest['resetFuses']> {
    return this.made?.resetFuses(partition) ?? [];
  }

  /** Asked anew each time: it changes at any `await`. */
  private isStopped(): boolean {
    return this.stopped;
  }

  private letGo(): void {
    for (const end of this.ends.splice(0)) end();
  }
}
