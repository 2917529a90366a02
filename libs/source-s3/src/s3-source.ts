import { requestAbort } from '@das/aws';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  asFailure,
  FailureBoard,
  type OnAssigned,
  type Position,
  type Source,
  type SourceFailure,
} from '@das/pipeline';
import { openBucket, type Bucket } from './aws/bucket';
import { openQueue, type Message, type NotificationQueue } from './aws/queue';
import { Intake } from './intake';
import { KnownIds } from './known-ids';
import { Ledger } from './ledger';
import { Notice } from './notice';
import { readNotification, type Told } from './notification';
import { withDefaults, type CompleteOptions, type S3SourceOptions } from './options';
import { comparePositions } from './position';

/** Before a queue or a bucket that could not be asked is asked again, milliseconds. */
const RETRY_MS = 1_000;

/**
 * Reads the objects below a prefix, each a partition that ends: told of by SQS, and found by looking at the whole prefix
 * now and then. Who reads an object, and whether it is done, is in the ledger; how far it is committed, the channel says.
 */
export function createS3Source(options: S3SourceOptions): Source {
  return new S3Source(withDefaults(options));
}

interface Running {
  readonly bucket: Bucket;
  readonly queue: NotificationQueue;
  readonly ledger: Ledger;
  readonly intake: Intake;
  readonly board: FailureBoard;
}

class S3Source implements Source {
  readonly name: string;
  private readonly stopping = requestAbort();
  private readonly notices = new Set<Notice>();
  private readonly handling = new Set<Promise<void>>();
  private readonly known = new KnownIds();
  private running: Running | undefined;
  private loops: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: CompleteOptions) {
    this.name = `s3:${options.log}`;
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  async start(onAssigned: OnAssigned, onFailure: (failure: SourceFailure) => void): Promise<void> {
    const { options } = this;
    const { signal } = this.stopping;
    const board = new FailureBoard((failure) => {
      if (!this.hasStopped()) onFailure(failure);
    });
    const [bucket, queue, ledger] = await Promise.all([
      openBucket(options),
      openQueue(options),
      Ledger.open(options),
    ]);
    // Whether the bucket is there and may be listed.
    await bucket.list(signal).next();
    if (this.hasStopped()) return;
    const intake = new Intake({ options, bucket, ledger, board, onAssigned, signal });
    const running = { bucket, queue, ledger, intake, board };
    this.running = running;
    this.loops = Promise.all([
      this.repeat(running, 'queue', () => this.receive(running)),
      this.repeat(running, 'listing', () => this.list(running)),
      this.keepHeld(running),
    ]);
  }

  async stop(): Promise<void> {
    const isFirst = !this.hasStopped();
    this.stopping.abort();
    await this.loops;
    await Promise.all(this.handling);
    if (!isFirst || this.running === undefined) return;
    const { bucket, queue, ledger, intake } = this.running;
    await intake.stop();
    const left = [...this.notices].filter(({ isSettled }) => !isSettled);
    await Promise.allSettled(left.map((notice) => notice.later(0)));
    bucket.close();
    queue.close();
    ledger.close();
  }

  /** Asked anew after each `await`. */
  private hasStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async repeat(running: Running, place: string, act: () => Promise<void>): Promise<void> {
    while (!this.hasStopped()) {
      try {
        await act();
        running.board.note(place, undefined);
      } catch (thrown) {
        if (this.hasStopped()) return;
        running.board.note(place, asFailure(thrown));
        await this.rest(RETRY_MS);
      }
    }
  }

  private async receive(running: Running): Promise<void> {
    const { intake, queue } = running;
    const { signal } = this.stopping;
    if (!(await intake.slots.room(signal))) return;
    // The listing may have taken the room meanwhile: then the object that a message tells of waits.
    const most = Math.max(1, intake.slots.count);
    const messages = await queue.receive(most, this.options.leaseMs, signal);
    for (const message of messages) {
      const handled = this.handle(running, message).finally(() => this.handling.delete(handled));
      this.handling.add(handled);
    }
  }

  /** Never rejects: a notification that could not be dealt with comes again. */
  private async handle({ queue, bucket, intake, board }: Running, message: Message): Promise<void> {
    const told = readNotification(message.body, this.options);
    if (told === undefined) {
      this.options.observer.notificationUnread();
      return;
    }
    const notice = new Notice(queue, message, Math.max(1, told.length));
    if (told.length === 0) {
      await notice.over();
      return;
    }
    this.notices.add(notice);
    for (const one of told) {
      try {
        const object = await nowIn(bucket, one);
        if (object === undefined) await notice.over();
        else await intake.offer(object, notice);
        board.note('notification', undefined);
      } catch (thrown) {
        board.note('notification', asFailure(thrown));
        await notice.later(this.options.retryMs);
      }
    }
  }

  private async list({ bucket, ledger, intake }: Running): Promise<void> {
    const { signal } = this.stopping;
    for await (const page of bucket.list(signal)) {
      const asked = page.filter(({ id }) => !this.known.has(id) && !intake.holds(id));
      const over = await ledger.over(asked.map(({ id }) => id));
      for (const id of over) this.known.add(id);
      for (const object of asked) {
        if (this.hasStopped()) return;
        if (!over.has(object.id)) await intake.offer(object);
      }
    }
    await this.rest(this.options.listEveryMs);
  }

  private async keepHeld({ intake }: Running): Promise<void> {
    const { leaseMs } = this.options;
    while (!this.hasStopped()) {
      await this.rest(leaseMs / 3);
      if (this.hasStopped()) return;
      await intake.renew();
      for (const notice of this.notices) {
        if (notice.isSettled) this.notices.delete(notice);
        // One that could not be hidden comes to somebody who finds that its object is held.
        else await notice.keep(leaseMs).catch(() => undefined);
      }
    }
  }

  private async rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

async function nowIn(bucket: Bucket, told: Told) {
  return 'id' in told ? told : bucket.current(told.key);
}
