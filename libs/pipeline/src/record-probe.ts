import { Failure } from './failure';
import type { Clock } from './ports/clock';
import type { PartitionConsumer, Position, Source, SourcePartition, SourceRecord } from './ports/source';

/** Longest wait for a record that the source says it has. */
const PATIENCE_MS = 30_000;

/** Reads single records of a partition, and consumes nothing. */
export class RecordProbe implements PartitionConsumer {
  private onRecord: (record: SourceRecord) => void = () => undefined;
  private onFailed: (failure: Failure) => void = () => undefined;

  constructor(
    readonly partition: SourcePartition,
    private readonly source: Pick<Source, 'compare'>,
    private readonly clock: Clock,
  ) {}

  /**
   * The record at a position; undefined where the log does not have it any more.
   * @throws Failure `log_recreated` where the position is beyond the log's end
   */
  async at(position: Position): Promise<SourceRecord | undefined> {
    const { compare } = this.source;
    const { before, last } = await this.partition.bounds();
    if (compare(position, last) > 0) {
      throw new Failure('setup', 'log_recreated', 'the position is beyond the end of the source’s log', {
        cure: 'the topic was truncated or recreated: see onOffsetRegression in the contract',
      });
    }
    if (compare(position, before) <= 0) return undefined;
    const record = await this.first(position);
    return compare(record.position, position) === 0 ? record : undefined;
  }

  deliver(records: readonly SourceRecord[]): void {
    this.partition.pause();
    const [first] = records;
    if (first !== undefined) this.onRecord(first);
  }

  disturbed(): void {
    this.onFailed(new Failure('transient', 'disturbed', 'the log moved while it was read'));
  }

  ended(): void {
    // Told after the records: it is known by then whether there is one.
    this.onFailed(new Failure('setup', 'log_recreated', 'the source ends before the position'));
  }

  revoked(): void {
    this.onFailed(
      new Failure('transient', 'not_owner', 'the partition was given to another member of the group'),
    );
  }

  private async first(position: Position): Promise<SourceRecord> {
    let cancel: () => void = () => undefined;
    try {
      return await new Promise<SourceRecord>((resolve, reject) => {
        this.onRecord = resolve;
        this.onFailed = reject;
        cancel = this.clock.after(PATIENCE_MS, () => {
          reject(new Failure('transient', 'record_overdue', 'the source did not deliver a record in time'));
        });
        this.partition.seek({ at: position });
        this.partition.resume();
      });
    } finally {
      cancel();
      this.onRecord = this.onFailed = () => undefined;
    }
  }
}
