import { asFailure, type Failure } from './failure';
import { PartitionFuse, type FuseState } from './partition-fuse';
import { PartitionSession } from './partition-session';
import type { SourceFailure } from './ports/source';
import { retryDelayMs } from './retry-delay';
import type { SessionOptions } from './session-options';

/** One partition, for health and lag. */
export interface PartitionHealth {
  readonly partition: string;
  readonly running: boolean;
  readonly failure: Failure | undefined;
}

/** Whether the collector can do its job, and if not, why. */
export interface IngestHealth {
  /** Joined the source; a standby without partitions is ready too. */
  readonly joined: boolean;
  readonly failure: Failure | undefined;
  readonly partitions: readonly PartitionHealth[];
}

export interface IngestOptions extends Omit<SessionOptions, 'onFatal'> {
  /** Hears of the source as a whole: a failure, or undefined once it is cured. */
  readonly onSourceFailure: (failure: SourceFailure) => void;
  /** An unknown failure: stop without acknowledging; the process should end. */
  readonly onFatal: (failure: Failure) => void;
}

/** A stream's way from source to sink: one session per assigned partition. */
export class Ingest {
  private readonly sessions = new Map<string, PartitionSession>();
  /** Of every partition that this process ever held. */
  private readonly fuses = new Map<string, PartitionFuse>();
  private joined = false;
  private stopping = false;
  private sourceFailure: SourceFailure;
  private cancelRetry: () => void = () => undefined;

  constructor(private readonly options: IngestOptions) {}

  /** Joins the source, and goes on trying to in the background when it cannot be joined now. */
  async start(attemptsBefore = 0): Promise<void> {
    try {
      await this.options.source.start(
        (partition) => {
          const session = new PartitionSession(partition, this.options, this.fuseOf(partition.id));
          let hasEnded = false;
          this.sessions.set(partition.id, session);
          return {
            deliver: (records) => {
              session.deliver(records);
            },
            disturbed: () => {
              session.disturbed();
            },
            ended: () => {
              session.ended();
              hasEnded = true;
            },
            revoked: () => {
              session.revoked();
              // Else there would be one for every object that there ever was.
              if (hasEnded) this.fuses.delete(partition.id);
              if (this.sessions.get(partition.id) === session) this.sessions.delete(partition.id);
            },
          };
        },
        (failure) => {
          this.noteSource(failure);
        },
      );
      this.joined = true;
      this.noteSource(undefined);
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.noteSource(failure);
      if (this.stopping || failure.kind === 'unknown') return;
      const delay = failure.kind === 'setup' ? this.options.setupRetryMs : retryDelayMs(attemptsBefore);
      this.cancelRetry = this.options.clock.after(delay, () => void this.start(attemptsBefore + 1));
    }
  }

  /**
   * Stops reading, waits for commits, writes checkpoints and leaves.
   * @param boundMs - how long to wait for commits; what is late is read again by the next owner
   * @returns whether everything that was read was committed in time
   */
  async stop(boundMs: number): Promise<boolean> {
    this.stopping = true;
    this.cancelRetry();
    const drained = Promise.all([...this.sessions.values()].map((session) => session.drain())).then(
      () => true,
    );
    let cancel: () => void = () => undefined;
    const late = new Promise<boolean>((resolve) => {
      cancel = this.options.clock.after(boundMs, () => {
        resolve(false);
      });
    });
    const inTime = await Promise.race([drained, late]);
    cancel();
    for (const session of this.sessions.values()) session.revoked();
    this.sessions.clear();
    await this.options.source.stop();
    await this.options.sink.stop();
    return inTime;
  }

  health(): IngestHealth {
    return {
      joined: this.joined,
      failure: this.sourceFailure,
      partitions: [...this.sessions.values()].map((session) => ({
        partition: session.partition.id,
        running: session.isRunning,
        failure: session.failure ?? this.fuses.get(session.partition.id)?.blown,
      })),
    };
  }

  /** The fuses of the partitions that this process ever held. */
  fuseStates(): readonly FuseState[] {
    return [...this.fuses].map(([partition, { blown }]) => ({ partition, blown }));
  }

  /**
   * Mends blown fuses: reading goes on after the last record that was settled.
   * @param partition - only this one's
   * @returns the partitions whose fuse was blown
   */
  resetFuses(partition?: string): readonly string[] {
    const blown = this.fuseStates().filter(
      (state) => state.blown !== undefined && (partition ?? state.partition) === state.partition,
    );
    return blown.map(({ partition: id }) => {
      this.fuseOf(id).reset();
      this.sessions.get(id)?.readOn();
      return id;
    });
  }

  /**
   * Per partition: records after the last commit, and whether any are left. Asks the source.
   * @throws Failure
   */
  async lag(): Promise<readonly { partition: string; records: number | undefined }[]> {
    const { source } = this.options;
    return Promise.all(
      [...this.sessions.values()].map(async ({ partition, committedPosition }) => {
        const { before, last } = await partition.bounds();
        const from = committedPosition ?? before;
        const records = source.compare(from, last) >= 0 ? 0 : await partition.countRecords(from, last);
        return { partition: partition.id, records };
      }),
    );
  }

  private fuseOf(partition: string): PartitionFuse {
    const { contract, source } = this.options;
    const known = this.fuses.get(partition);
    if (known !== undefined) return known;
    const fuse = new PartitionFuse(partition, contract.deadLetters, (a, b) => source.compare(a, b));
    this.fuses.set(partition, fuse);
    return fuse;
  }

  private noteSource(failure: SourceFailure): void {
    this.sourceFailure = failure;
    this.options.onSourceFailure(failure);
    if (failure?.kind === 'unknown') this.options.onFatal(failure);
  }
}
