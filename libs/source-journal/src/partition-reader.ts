import {
  DeliveryRuns,
  Failure,
  isCurrent,
  type PartitionConsumer,
  type SeekTarget,
  type SourceFailure,
} from '@das/pipeline';
import { setTimeout as sleep } from 'node:timers/promises';
import { JournalFile } from './journal-file';
import { JournalTail, type TailStep } from './journal-tail';
import { SCAN_MS } from './limits';

export interface ReaderOptions {
  readonly path: string;
  readonly partition: string;
  readonly pollMs: number;
  readonly consumer: () => PartitionConsumer;
  /** `undefined`: reading goes well again. */
  readonly onFailure: (failure: SourceFailure) => void;
}

/** Delivers one partition. */
export class PartitionReader extends DeliveryRuns {
  constructor(private readonly options: ReaderOptions) {
    super();
  }

  protected async run(target: SeekTarget, signal: AbortSignal): Promise<void> {
    while (isCurrent(signal)) {
      const file = await this.attempt(() => JournalFile.open(this.options.path), signal);
      if (file === undefined) {
        await rest(this.options.pollMs, signal);
        continue;
      }
      try {
        const start = await this.attempt(() => file.startOf(target), signal);
        if (start === undefined) continue;
        await this.follow(new JournalTail(this.options.path, file, start), signal);
        return;
      } finally {
        await file.close().catch(() => undefined);
      }
    }
  }

  /** Until the run ends or the file is another one. */
  private async follow(tail: JournalTail, signal: AbortSignal): Promise<void> {
    const { consumer, pollMs, onFailure } = this.options;
    while (isCurrent(signal)) {
      const step = await this.attempt(() => tail.next(), signal);
      if (step === undefined) continue;
      if (isCurrent(signal)) onFailure(step.kind === 'blocked' ? this.tooLong(step.offset) : undefined);
      if (step.kind === 'read') {
        await this.deliver(step, signal);
        continue;
      }
      await rest(pollMs, signal);
      if (step.kind !== 'moved') continue;
      if (isCurrent(signal)) consumer().disturbed();
      return;
    }
  }

  private async deliver({ records }: TailStep & { kind: 'read' }, signal: AbortSignal): Promise<void> {
    await this.resumed(signal);
    if (isCurrent(signal) && records.length > 0) this.options.consumer().deliver(records);
  }

  /** @returns `undefined` after a failure, which was reported and waited for */
  private async attempt<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    try {
      return await act();
    } catch (thrown) {
      if (isCurrent(signal)) this.options.onFailure(this.unreadable(thrown));
      await rest(SCAN_MS, signal);
      return undefined;
    }
  }

  private unreadable(thrown: unknown): Failure {
    if (thrown instanceof Failure) return thrown;
    const message = `partition ${this.options.partition} cannot be read`;
    return new Failure('transient', 'journal_unreadable', message, { cause: thrown });
  }

  private tooLong(offset: number): Failure {
    const message = `the line at byte ${offset} of partition ${this.options.partition} is above 16 MB`;
    return new Failure('setup', 'journal_line_too_long', message, {
      cure: 'repair the partition file; the partition waits',
    });
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
