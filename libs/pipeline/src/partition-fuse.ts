import { Failure } from './failure';
import { Fuse, type FuseLimits } from './fuse';
import type { DeadReason } from './outcome';
import type { Position } from './ports/source';

/** What operators are told of one partition's fuse. */
export interface FuseState {
  readonly partition: string;
  /** Undefined: the fuse is whole. */
  readonly blown: Failure | undefined;
}

/**
 * The fuse of one partition. It lives as long as the process, so that neither a reopening of the channel nor a
 * rebalance away and back mends it; and records that are read again are not counted again.
 */
export class PartitionFuse {
  blown: Failure | undefined;
  private readonly fuse: Fuse;
  private epoch = NaN;
  /** The last record that was counted. */
  private last: Position | undefined;
  /** Up to here, what comes now has been counted before. */
  private counted: Position | undefined;

  constructor(
    private readonly partition: string,
    limits: FuseLimits,
    private readonly compare: (a: Position, b: Position) => number,
  ) {
    this.fuse = new Fuse(limits);
  }

  /** The partition is read again, from anywhere. Positions of another epoch say nothing about this one's. */
  begin(epoch: number): void {
    this.counted = epoch === this.epoch ? this.last : undefined;
    this.epoch = epoch;
  }

  /** @returns whether this record blew the fuse */
  settled(position: Position, reason: DeadReason | undefined): boolean {
    if (this.counted !== undefined) {
      if (this.compare(position, this.counted) <= 0) return false;
      this.counted = undefined;
    }
    this.last = position;
    this.fuse.settled(reason);
    return this.fuse.blown !== undefined && this.blow();
  }

  /** @returns whether what the table rejected blew the fuse */
  committed(rows: number, rejected: number): boolean {
    this.fuse.committed(rows, rejected);
    return this.fuse.blown !== undefined && this.blow();
  }

  reset(): void {
    this.fuse.reset();
    this.blown = undefined;
    this.counted = undefined;
  }

  private blow(): boolean {
    const { blown } = this.fuse;
    if (this.blown !== undefined || blown === undefined) return false;
    const reasons = blown.reasons.map(([reason, count]) => `${reason} ${count}`).join(', ');
    this.blown = new Failure(
      'setup',
      'fuse_blown',
      `reading of partition ${this.partition} stopped: ${blown.refused} of ${blown.among} records in a row were refused: ${reasons}`,
      { cure: 'cure what refuses them, then das fuse reset (docs/runbooks/fuse-blown.md)' },
    );
    return true;
  }
}
