import { asFailure, type Failure, type FailureBoard, type OnAssigned } from '@das/pipeline';
import type { Bucket } from './aws/bucket';
import { HeldObject } from './held-object';
import type { Ledger } from './ledger';
import type { Claim } from './ledger-entry';
import type { Notice } from './notice';
import { ObjectGone } from './object-fault';
import { formatOf, type ObjectFormat } from './object-format';
import { ObjectPartition } from './object-partition';
import type { ObjectRef } from './object-ref';
import type { CompleteOptions } from './options';
import { Slots } from './slots';

const LONGEST_RETRY_MS = 900_000;

export interface IntakeParts {
  readonly options: CompleteOptions;
  readonly bucket: Bucket;
  readonly ledger: Ledger;
  readonly board: FailureBoard;
  readonly onAssigned: OnAssigned;
  readonly signal: AbortSignal;
}

/** Takes objects that are to be read, however they became known, each for as long as it is read. */
export class Intake {
  readonly slots: Slots;
  private readonly held = new Map<string, HeldObject>();
  /** Those that are being claimed. */
  private readonly taking = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: IntakeParts) {
    this.slots = new Slots(parts.options.maxObjects);
  }

  holds(id: string): boolean {
    return this.held.has(id);
  }

  /**
   * Waits for room, and assigns the object, unless it is over, or somebody else's.
   * @throws Failure where the ledger or the bucket cannot be asked
   */
  async offer(object: ObjectRef, notice?: Notice): Promise<void> {
    const format = formatOf(object.key);
    if (format === undefined) {
      await this.ignore(object, notice);
      return;
    }
    const { signal } = this.parts;
    if (this.joins(object, notice)) return;
    if (!(await this.slots.take(signal))) return;
    let isHeld = false;
    try {
      // A notification and the listing may tell of it at once.
      await this.taking.get(object.id);
      if (this.joins(object, notice)) return;
      const taking = this.take(object, format, notice);
      this.taking.set(
        object.id,
        taking.then(undefined, () => undefined),
      );
      isHeld = await taking;
    } finally {
      this.taking.delete(object.id);
      if (!isHeld) this.slots.give();
    }
  }

  /** Keeps what is held, and lets go of what was lost. Never rejects. */
  async renew(): Promise<void> {
    await Promise.all([...this.held.values()].map((held) => this.renewOne(held)));
  }

  /** Ends delivery, and leaves everything to whoever comes next. */
  async stop(): Promise<void> {
    const all = [...this.held.values()];
    this.held.clear();
    await Promise.allSettled(all.map(({ partition }) => partition.close()));
    await Promise.allSettled(all.map(({ partition }) => this.parts.ledger.giveBack(partition.claim, 0)));
    await Promise.allSettled(all.map((held) => held.later(0)));
  }

  private joins({ id }: ObjectRef, notice: Notice | undefined): boolean {
    const held = this.held.get(id);
    held?.told(notice);
    return held !== undefined;
  }

  private async ignore(object: ObjectRef, notice: Notice | undefined): Promise<void> {
    const isNew = await this.parts.ledger.ignore(object);
    if (isNew) this.parts.options.observer.objectOver('ignored', object.id);
    await notice?.over();
  }

  /** @returns whether it is held now */
  private async take(object: ObjectRef, format: ObjectFormat, notice: Notice | undefined): Promise<boolean> {
    const { ledger, options, signal } = this.parts;
    const claiming = await ledger.claim(object);
    if (claiming.kind === 'over') {
      await notice?.over();
      return false;
    }
    if (claiming.kind === 'busy') {
      await notice?.later(Math.max(0, claiming.untilMs - Date.now()));
      return false;
    }
    const { claim } = claiming;
    if (signal.aborted) {
      await ledger.giveBack(claim, 0);
      await notice?.later(0);
      return false;
    }
    if (claim.tries > options.maxTries) {
      await this.end(claim, 'unreadable', notice, claim.fault ?? 'tries');
      return false;
    }
    return this.assign(object, format, claim, notice);
  }

  private async assign(
    told: ObjectRef,
    format: ObjectFormat,
    claim: Claim,
    notice: Notice | undefined,
  ): Promise<boolean> {
    const { bucket, ledger, board, onAssigned } = this.parts;
    const versionId = await this.versionOf(told);
    // The key has changed since it was listed. Who was told of that version comes, and can read it still.
    if (versionId === 'gone' && notice === undefined && (await this.mayHaveVersions(told))) {
      await ledger.giveBack(claim, 0);
      return false;
    }
    // Of one that was begun, the pipeline decides what its end means.
    if (versionId === 'gone' && claim.checkpoint === undefined) {
      await this.end(claim, 'gone', notice);
      return false;
    }
    const object = { ...told, versionId: versionId === 'gone' ? told.versionId : versionId };
    const partition: ObjectPartition = new ObjectPartition({
      bucket,
      object,
      format,
      claim,
      ledger,
      onClosed: () => this.closed(held),
      onFailure: (failure) => {
        board.note(`object ${object.id}`, failure);
      },
      onFault: (failure) => void this.failed(held, failure),
    });
    const held: HeldObject = new HeldObject(partition);
    held.told(notice);
    this.held.set(object.id, held);
    partition.attach(onAssigned(partition));
    return true;
  }

  /** Whether somebody may still read what a key held; a bucket without versions has nothing but what it holds now. */
  private async mayHaveVersions({ key }: ObjectRef): Promise<boolean> {
    const now = await this.parts.bucket.current(key);
    return now === undefined || now.versionId !== undefined;
  }

  /** So that it can be read to its end although it is overwritten meanwhile, where the bucket keeps versions. */
  private async versionOf(object: ObjectRef): Promise<string | undefined> {
    try {
      return (await this.parts.bucket.head(object)).versionId;
    } catch (thrown) {
      if (thrown instanceof ObjectGone) return 'gone';
      throw thrown;
    }
  }

  private async end(
    claim: Claim,
    outcome: 'gone' | 'unreadable',
    notice: Notice | undefined,
    fault?: string,
  ): Promise<void> {
    await this.parts.ledger.end(claim, outcome, fault);
    this.parts.options.observer.objectOver(outcome, claim.id, fault);
    await notice?.over();
  }

  private async closed(held: HeldObject): Promise<void> {
    if (!this.forget(held)) return;
    await held.over();
    await held.partition.revoke();
    this.parts.options.observer.objectOver('closed', held.partition.id);
  }

  /** The object is at fault: it rests, and is tried again so often. */
  private async failed(held: HeldObject, { code }: Failure): Promise<void> {
    if (!this.forget(held)) return;
    const { claim } = held.partition;
    await held.partition.revoke();
    const { retryMs } = this.parts.options;
    const restMs = Math.min(retryMs * 2 ** Math.max(0, claim.tries - 1), LONGEST_RETRY_MS);
    await this.parts.ledger.giveBack(claim, restMs, code).catch(() => undefined);
    await held.later(restMs);
  }

  private async renewOne(held: HeldObject): Promise<void> {
    const { ledger, board, options } = this.parts;
    const place = `ledger of ${held.partition.id}`;
    try {
      const isOurs = await ledger.renew(held.partition.claim);
      board.note(place, undefined);
      if (isOurs || !this.forget(held)) return;
      await held.partition.revoke();
      await held.later(options.leaseMs);
    } catch (thrown) {
      // Nobody may take it before the lease is over, and the channel fences whoever is too late.
      board.note(place, asFailure(thrown));
    }
  }

  /** @returns false where it was forgotten before */
  private forget(held: HeldObject): boolean {
    const { id } = held.partition;
    if (this.held.get(id) !== held) return false;
    this.held.delete(id);
    this.slots.give();
    this.parts.board.note(`object ${id}`, undefined);
    this.parts.board.note(`ledger of ${id}`, undefined);
    return true;
  }
}
