import { Failure, type Checkpoint, type LogBounds, type PartitionConsumer, type SeekTarget, type SourcePartition } from '@das/pipeline';
import type { Admin, Batch, Consumer } from 'kafkajs';
import { classify, isNotOwner } from './classify';
import { toRecords } from './to-records';

/** What a partition needs of the member that owns it; the consumer changes when it is made anew. */
export interface Member {
  readonly topic: string;
  readonly groupId: string;
  readonly admin: Admin;
  /** Undefined while there is none: then there is nothing to pause or to position either. */
  consumer(): Consumer | undefined;
  /** Whether the group counts this process as a member: kafkajs drops commits in silence when it does not. */
  isJoined(): boolean;
}

/** So many times in a row at the same offset, right after a seek: kafkajs skipped control records, not ours. */
const JUMPS_TO_BELIEVE = 2;

/**
 * One assigned partition. kafkajs moves its position by itself: back after a rebalance, forward over control
 * records, anywhere after an offset that is out of range. So every batch must have been fetched at exactly the
 * offset that is due, or it is not delivered.
 */
export class KafkaPartition implements SourcePartition {
  readonly id: string;
  /** Set right after construction, by what was assigned. */
  handler: PartitionConsumer | undefined;
  /** The next offset to be fetched; undefined before the first seek. */
  private due: bigint | undefined;
  private paused = true;
  private low = 0n;
  private jump: { readonly to: bigint; times: number } | undefined;
  private checking = false;

  constructor(
    readonly number: number,
    private readonly member: Member,
  ) {
    this.id = String(number);
  }

  async bounds(): Promise<LogBounds> {
    const { admin, topic } = this.member;
    const offsets = await admin.fetchTopicOffsets(topic).catch((thrown: unknown) => {
      throw classify(thrown);
    });
    const mine = offsets.find(({ partition }) => partition === this.number);
    if (mine === undefined) throw new Failure('transient', 'partition_missing', `the broker does not list partition ${this.id}`);
    this.low = BigInt(mine.low);
    return { before: String(this.low - 1n), last: String(BigInt(mine.high) - 1n) };
  }

  async readCheckpoint(): Promise<Checkpoint | undefined> {
    const { admin, topic, groupId } = this.member;
    const answer = await admin.fetchOffsets({ groupId, topics: [topic] }).catch((thrown: unknown) => {
      throw classify(thrown);
    });
    const mine = answer[0]?.partitions.find(({ partition }) => partition === this.number);
    if (mine === undefined || BigInt(mine.offset) < 0n) return undefined;
    // Another tool's commit counts as one of records that are done.
    const kind = mine.metadata === 'started' ? 'started' : 'committed';
    return { position: String(BigInt(mine.offset) - 1n), kind };
  }

  async writeCheckpoint({ position, kind }: Checkpoint): Promise<void> {
    const consumer = this.member.consumer();
    if (consumer === undefined || !this.member.isJoined()) {
      throw new Failure('transient', 'not_joined', 'the consumer has not joined its group');
    }
    const offset = String(BigInt(position) + 1n);
    await consumer
      .commitOffsets([{ topic: this.member.topic, partition: this.number, offset, metadata: kind }])
      .catch((thrown: unknown) => {
        throw classify(thrown);
      });
  }

  /** The broker checks member and generation of every commit, also of one that changes nothing. */
  async proveOwnership(): Promise<boolean> {
    const checkpoint = (await this.readCheckpoint()) ?? { position: String((this.due ?? 0n) - 1n), kind: 'started' as const };
    try {
      await this.writeCheckpoint(checkpoint);
      return true;
    } catch (thrown) {
      const failure = classify(thrown);
      if (isNotOwner(failure)) return false;
      throw failure;
    }
  }

  seek(target: SeekTarget): void {
    const wanted = 'at' in target ? BigInt(target.at) : BigInt(target.after) + 1n;
    this.due = wanted < this.low ? this.low : wanted;
    this.jump = undefined;
    this.reposition();
  }

  pause(): void {
    this.paused = true;
    this.apply();
  }

  resume(): void {
    this.paused = false;
    this.apply();
  }

  async countRecords(from: string, to: string): Promise<number> {
    return Promise.resolve(Number(BigInt(to) - BigInt(from)));
  }

  /** After each join: kafkajs has forgotten where it was. */
  rejoined(): void {
    this.apply();
    if (this.due !== undefined) this.reposition();
  }

  /** @returns whether the batch was delivered; else it must be fetched again */
  take(batch: Batch & { readonly fetchedOffset?: string }): boolean {
    if (this.paused || this.due === undefined || this.handler === undefined) return false;
    const fetched = BigInt(batch.fetchedOffset ?? batch.firstOffset() ?? '-1');
    if (fetched !== this.due) {
      this.jumped(fetched);
      return false;
    }
    this.jump = undefined;
    this.due = BigInt(batch.lastOffset()) + 1n;
    this.handler.deliver(toRecords(batch.messages));
    return true;
  }

  private jumped(to: bigint): void {
    if (this.jump?.to === to) this.jump.times++;
    else this.jump = { to, times: 1 };
    this.reposition();
    if (this.jump.times >= JUMPS_TO_BELIEVE && !this.checking) void this.explainJump(to);
  }

  private async explainJump(to: bigint): Promise<void> {
    this.checking = true;
    const due = this.due;
    try {
      const { before, last } = await this.bounds();
      if (due === undefined || due !== this.due) return;
      if (due <= BigInt(before) || due > BigInt(last) + 1n) {
        this.pause();
        this.handler?.disturbed();
      } else if (to > due) this.due = to;
    } catch {
      // The broker cannot be asked: the next batch asks again, and nothing is delivered meanwhile.
      this.jump = undefined;
    } finally {
      this.checking = false;
    }
  }

  private reposition(): void {
    if (this.due === undefined) return;
    this.member.consumer()?.seek({ topic: this.member.topic, partition: this.number, offset: String(this.due) });
  }

  private apply(): void {
    const target = [{ topic: this.member.topic, partitions: [this.number] }];
    if (this.paused) this.member.consumer()?.pause(target);
    else this.member.consumer()?.resume(target);
  }
}
