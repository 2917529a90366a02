import type { DeadReason } from './outcome';

export interface FuseLimits {
  /** More than this share of the records refused blows the fuse; 1: only an unbroken run does. */
  readonly fuseRatio: number;
  /** So many refusals are looked at together: at least as many land as dead letters before it blows. */
  readonly fuseRunLength: number;
}

/** `rejected`: the table refused the row, which the steps had let pass. */
export type FuseReason = DeadReason | 'rejected';

/** Where a fuse blew, and on what. */
export interface Blown {
  /** How many refusals, among how many records. */
  readonly refused: number;
  readonly among: number;
  /** Of those refusals, the most frequent reason first. */
  readonly reasons: readonly (readonly [reason: FuseReason, count: number])[];
}

/**
 * Blows when the last `fuseRunLength` refusals lie so close together that more than `fuseRatio` of the records
 * from the first to the last of them were refused; an unbroken run is the extreme of it. So a few bad records
 * never blow it, and it lets at most `fuseRunLength` dead letters through at such a rate. What the steps refuse
 * and what the table refuses are counted apart, because the second is known only once rows are committed.
 */
export class Fuse {
  private blownBy: Blown | undefined;
  private steps: Refusals;
  private table: Refusals;

  constructor(private readonly limits: FuseLimits) {
    this.steps = new Refusals(limits);
    this.table = new Refusals(limits);
  }

  get blown(): Blown | undefined {
    return this.blownBy;
  }

  /** One record was settled. @param reason - why it is dead; undefined: it is not */
  settled(reason: DeadReason | undefined): void {
    const at = ++this.steps.records;
    if (reason !== undefined && this.blownBy === undefined) this.blownBy = this.steps.note(at, reason);
  }

  /** Rows were committed, of which the table rejected some: nobody knows which, so they count as spread evenly. */
  committed(rows: number, rejected: number): void {
    const { table } = this;
    const among = Math.max(rows, rejected);
    for (let index = 1; index <= rejected && this.blownBy === undefined; index++) {
      this.blownBy = table.note(table.records + Math.ceil((index * among) / rejected), 'rejected');
    }
    table.records += among;
  }

  /** A whole fuse again, which remembers nothing. */
  reset(): void {
    this.blownBy = undefined;
    this.steps = new Refusals(this.limits);
    this.table = new Refusals(this.limits);
  }
}

/** The last refusals, in a ring, and where among all records they stood. */
class Refusals {
  records = 0;
  private readonly places: number[] = [];
  private readonly reasons: FuseReason[] = [];
  private next = 0;

  constructor(private readonly limits: FuseLimits) {}

  note(at: number, reason: FuseReason): Blown | undefined {
    const { fuseRatio, fuseRunLength } = this.limits;
    this.places[this.next] = at;
    this.reasons[this.next] = reason;
    this.next = (this.next + 1) % fuseRunLength;
    if (this.places.length < fuseRunLength) return undefined;
    const among = at - (this.places[this.next] ?? at) + 1;
    if (among > fuseRunLength && fuseRunLength <= among * fuseRatio) return undefined;
    return { refused: fuseRunLength, among, reasons: countReasons(this.reasons) };
  }
}

function countReasons(reasons: readonly FuseReason[]): Blown['reasons'] {
  const counts = new Map<FuseReason, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
