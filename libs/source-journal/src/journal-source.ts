import {
  Failure,
  FailureBoard,
  type OnAssigned,
  type Position,
  type Source,
  type SourceFailure,
} from '@das/pipeline';
import { readdir, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ifThere } from './error-code';
import { JournalPartition } from './journal-partition';
import { JournalPaths, partitionOf } from './journal-paths';
import { SCAN_MS } from './limits';
import { PartitionLock } from './partition-lock';
import { offsetOf } from './position';

export interface JournalSourceOptions {
  /** Holds one directory per topic. */
  readonly dir: string;
  readonly topic: string;
  /** Whose checkpoints these are. */
  readonly consumer: string;
  /** Between looks at a file that has nothing new, milliseconds. */
  readonly pollMs: number;
}

/**
 * Tails `<dir>/<topic>/<partition>.ndjson`; one process at a time reads a partition, whatever its consumer.
 * @throws Failure setup when the topic or the consumer cannot be a file's name
 */
export function createJournalSource(options: JournalSourceOptions): Source {
  return new JournalSource(options);
}

class JournalSource implements Source {
  readonly name: string;
  private readonly paths: JournalPaths;
  private readonly partitions = new Map<string, JournalPartition>();
  private readonly stopping = new AbortController();
  private scanning: Promise<void> = Promise.resolve();

  constructor(private readonly options: JournalSourceOptions) {
    this.name = `journal:${options.topic}`;
    this.paths = new JournalPaths(options.dir, options.topic);
    this.paths.checkpointDir(options.consumer);
  }

  compare(a: Position, b: Position): number {
    return offsetOf(a) - offsetOf(b);
  }

  async start(onAssigned: OnAssigned, onFailure: (failure: SourceFailure) => void): Promise<void> {
    const found = await ifThere(stat(this.options.dir)).catch((thrown: unknown) => {
      throw new Failure('transient', 'journal_unreadable', 'the journal cannot be read', { cause: thrown });
    });
    if (found?.isDirectory() !== true) {
      throw new Failure('setup', 'journal_dir_missing', "the journal's directory does not exist", {
        cure: 'create or mount the directory that DAS_JOURNAL_DIR names, or correct the setting',
      });
    }
    if (this.hasStopped()) return;
    const board = new FailureBoard((failure) => {
      if (!this.hasStopped()) onFailure(failure);
    });
    const first = this.scan(onAssigned, board);
    this.scanning = first.then(() => this.keepScanning(onAssigned, board));
    await first;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const held = [...this.partitions.values()];
    this.partitions.clear();
    const closed = Promise.allSettled(held.map((partition) => partition.close()));
    await this.scanning;
    await closed;
  }

  /** Asked anew after each `await`. */
  private hasStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async keepScanning(onAssigned: OnAssigned, board: FailureBoard): Promise<void> {
    const { signal } = this.stopping;
    while (!this.hasStopped()) {
      await sleep(SCAN_MS, undefined, { signal }).catch(() => undefined);
      if (!this.hasStopped()) await this.scan(onAssigned, board);
    }
  }

  /** Lets go of partitions that were lost and takes those that are free. Never rejects. */
  private async scan(onAssigned: OnAssigned, board: FailureBoard): Promise<void> {
    await this.attempt('directory', board, async () => {
      for (const [id, partition] of this.partitions) {
        await this.attempt(`lock ${id}`, board, () => this.check(id, partition, board));
      }
      const names = (await ifThere(readdir(this.paths.topicDir))) ?? [];
      for (const id of names.map(partitionOf).sort()) {
        if (id === undefined || this.partitions.has(id)) continue;
        await this.attempt(`lock ${id}`, board, () => this.take(id, onAssigned, board));
      }
    });
  }

  private async check(id: string, partition: JournalPartition, board: FailureBoard): Promise<void> {
    if (await partition.proveOwnership()) return;
    if (!this.partitions.delete(id)) return;
    board.note(`log ${id}`, undefined);
    await partition.revoke();
  }

  private async take(id: string, onAssigned: OnAssigned, board: FailureBoard): Promise<void> {
    if (this.hasStopped()) return;
    const lock = await PartitionLock.acquire(this.paths.lock(id));
    if (lock === undefined) return;
    if (this.hasStopped()) {
      await lock.release();
      return;
    }
    const partition = new JournalPartition({
      ...this.options,
      id,
      paths: this.paths,
      lock,
      onFailure: (failure) => {
        board.note(`log ${id}`, failure);
      },
    });
    this.partitions.set(id, partition);
    partition.attach(onAssigned(partition));
  }

  private async attempt(place: string, board: FailureBoard, act: () => Promise<void>): Promise<void> {
    try {
      await act();
      board.note(place, undefined);
    } catch (thrown) {
      const message = `the journal's ${place} cannot be used`;
      const failure =
        thrown instanceof Failure
          ? thrown
          : new Failure('transient', 'journal_unreadable', message, { cause: thrown });
      board.note(place, failure);
    }
  }
}
