import {
  Failure,
  type Checkpoint,
  type LogBounds,
  type PartitionConsumer,
  type SeekTarget,
  type SourcePartition,
} from '@das/pipeline';
import type { Admin, Batch, Consumer } from 'kafkajs';
import { classify, isNotOwner } from './classify';
import { toRecords } from './to-records';

/** What a partition needs of the group member that it was assigned to. */
export interface Member {
  readonly topic: string;
  readonly groupId: string;
  readonly admin: Admin;
  /** Whether the partition is assigned to this process, as far as this process knows. */
  owns(partition: KafkaPartition): boolean;
  /** Undefined while the group does not count this process as a member. */
  joinedConsumer(): Consumer | undefined;
}

/** So many times in a row at the same offset, right after a seek: kafkajs skipped control records, not ours. */
const JUMPS_TO_BELIEVE = 2;

const SECOND_MS = 1_000;

/** Metadata of a commit that says nothing: it was made to prove ownership before there was any checkpoint. */
const NO_CHECKPOINT = 'none';

/** A batch as kafkajs makes it; its types leave out where the fetch began. */
export type FetchedBatch = Pick<Batch, 'messages' | 'lastOffset'> & { readonly fetchedOffset?: string };

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
  private paused = false;
  private low = 0n;
  private jump: { readonly to: bigint; times: number } | undefined;
  private checking = false;
  /** As last seen: kafkajs erases the group's offset when a fetch is out of range. */
  private checkpoint: Checkpoint | undefined;
  private commits = 0;
  /** When the record after `before` was taken: asked for once, however often a gap is looked at. */
  private first: { readonly before: string; readonly atMs: number } | undefined;

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
    if (mine === undefined)
      throw new Failure('transient', 'partition_missing', `the broker does not list partition ${this.id}`);
    this.low = BigInt(mine.low);
    return { before: String(this.low - 1n), last: String(BigInt(mine.high) - 1n) };
  }

  async readCheckpoint(): Promise<Checkpoint | undefined> {
    const { admin, topic, groupId } = this.member;
    const answer = await admin.fetchOffsets({ groupId, topics: [topic] }).catch((thrown: unknown) => {
      throw classify(thrown);
    });
    const mine = answer[0]?.partitions.find(({ partition }) => partition === this.number);
    if (mine === undefined || BigInt(mine.offset) < 0n) return this.checkpoint;
    if (mine.metadata === NO_CHECKPOINT) return undefined;
    // Another tool's commit counts as one of records that are done.
    const [, kind, ms] = /^(started|committed)(?:@(\d+))?$/.exec(mine.metadata ?? '') ?? [];
    this.checkpoint = {
      position: String(BigInt(mine.offset) - 1n),
      kind: kind === 'started' ? kind : 'committed',
      ...(ms !== undefined && { sourceMs: Number(ms) }),
    };
    return this.checkpoint;
  }

  async writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const { position, kind, sourceMs } = checkpoint;
    await this.commit(BigInt(position) + 1n, sourceMs === undefined ? kind : `${kind}@${sourceMs}`);
    this.checkpoint = checkpoint;
  }

  /** The broker checks member and generation of every commit, also of one that changes nothing. */
  async proveOwnership(): Promise<boolean> {
    try {
      const checkpoint = await this.readCheckpoint();
      if (checkpoint === undefined) await this.commit(0n, NO_CHECKPOINT);
      else await this.writeCheckpoint(checkpoint);
      return true;
    } catch (thrown) {
      const failure = classify(thrown);
      if (isNotOwner(failure)) return false;
      throw failure;
    }
  }

  /** The broker took a commit of this partition. */
  noteCommit(): void {
    this.commits++;
  }

  seek(target: SeekTarget): void {
    const wanted = 'at' in target ? BigInt(target.at) : BigInt(target.after) + 1n;
    this.due = wanted < this.low ? this.low : wanted;
    this.jump = undefined;
    this.reposition();
    this.apply();
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

  async timeOfFirst(notBeforeMs: number): Promise<number> {
    const { before } = await this.bounds();
    if (this.first?.before === before) return this.first.atMs;
    const first = BigInt(before) + 1n;
    // The broker tells the first offset of a time and after; of an offset it does not tell the time.
    let [from, to] = [notBeforeMs, Date.now()];
    while (to - from > SECOND_MS) {
      const middle = Math.floor((from + to) / 2);
      if ((await this.offsetAt(middle)) === first) from = middle;
      else to = middle;
    }
    this.first = { before, atMs: from };
    return from;
  }

  private async offsetAt(ms: number): Promise<bigint> {
    const { admin, topic } = this.member;
    const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, ms).catch((thrown: unknown) => {
      throw classify(thrown);
    });
    return BigInt(offsets.find(({ partition }) => partition === this.number)?.offset ?? -1);
  }

  /** At each join, the first one too: kafkajs has forgotten where it was, and what was paused. */
  joined(): void {
    this.apply();
    this.reposition();
  }

  /**
   * @param isStale - a seek was asked for after the batch was fetched
   * @returns whether the batch was delivered; else it must be fetched again
   */
  take(batch: FetchedBatch, isStale: boolean): boolean {
    if (isStale || this.paused || this.due === undefined || this.handler === undefined) return false;
    const fetched = BigInt(batch.fetchedOffset ?? '-1');
    if (fetched !== this.due) {
      this.jumped(fetched, this.due);
      return false;
    }
    this.jump = undefined;
    this.due = BigInt(batch.lastOffset()) + 1n;
    this.handler.deliver(toRecords(batch.messages));
    return true;
  }

  private jumped(to: bigint, due: bigint): void {
    if (to < due) {
      // Back without a seek: the offset that is due was not in the log, which may be another one by now.
      this.pause();
      this.handler?.disturbed();
      return;
    }
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
      if (due === undefined || due !== this.due || !this.member.owns(this)) return;
      if (due <= BigInt(before) || due > BigInt(last) + 1n) {
        this.pause();
        this.handler?.disturbed();
      } else {
        // Only control records or aborted transactions lay between.
        this.due = to;
        this.reposition();
      }
    } catch {
      // The broker cannot be asked: the next batch asks again, and nothing is delivered meanwhile.
      this.jump = undefined;
    } finally {
      this.checking = false;
    }
  }

  /**
   * Generation-checked by the broker. Checked here too, before and after: the generation tells of the member
   * only, and this process may be a member of a later one, without this partition; and a consumer that is
   * going down drops commits in silence.
   * @throws Failure not_owner
   */
  private async commit(offset: bigint, metadata: string): Promise<void> {
    const { topic } = this.member;
    const consumer = this.member.joinedConsumer();
    if (!this.member.owns(this)) throw notOwner();
    if (consumer === undefined) throw notJoined();
    const { commits } = this;
    try {
      await consumer.commitOffsets([{ topic, partition: this.number, offset: String(offset), metadata }]);
    } catch (thrown) {
      throw classify(thrown);
    }
    if (!this.member.owns(this)) throw notOwner();
    if (this.commits === commits) throw notJoined();
  }

  /** What is changed while there is none, or after the partition was revoked, is not kafkajs's to know. */
  private get consumer(): Consumer | undefined {
    return this.member.owns(this) ? this.member.joinedConsumer() : undefined;
  }

  private reposition(): void {
    if (this.due === undefined) return;
    const { topic } = this.member;
    this.consumer?.seek({ topic, partition: this.number, offset: String(this.due) });
  }

  /** Nothing is fetched before the first seek either. */
  private apply(): void {
    const target = [{ topic: this.member.topic, partitions: [this.number] }];
    if (this.paused || this.due === undefined) this.consumer?.pause(target);
    else this.consumer?.resume(target);
  }
}

function notOwner(): Failure {
  return new Failure('transient', 'not_owner', 'the partition was given to another member of the group');
}

function notJoined(): Failure {
  return new Failure('transient', 'not_joined', 'the consumer has not joined its group');
}
