import type { Position, SourceRecord } from '@das/pipeline';
import { comparePositions } from './position';

/** So many positions are kept, a hundred bytes each; what lies further apart is not counted. */
const MOST = 20_000;

/** Which records were delivered since the last seek, without a hole, so that those not yet committed can be counted. */
export class DeliveredWindow {
  private positions: Position[] = [];

  /** @param start - after which the first of them comes */
  constructor(private start: Position) {}

  /** Up to where everything was delivered. */
  get end(): Position {
    return this.positions.at(-1) ?? this.start;
  }

  add(records: readonly SourceRecord[]): void {
    for (const { position } of records) this.positions.push(position);
    if (this.positions.length > 2 * MOST) this.forget(this.positions.length - MOST);
  }

  /** Everything up to this position is done. */
  done(position: Position): void {
    this.forget(this.after(position));
  }

  /** How many lie after `from`, up to and including `to`; undefined where they are not all known. */
  count(from: Position, to: Position): number | undefined {
    if (comparePositions(from, to) >= 0) return 0;
    if (comparePositions(from, this.start) < 0 || comparePositions(to, this.end) > 0) return undefined;
    return this.after(to) - this.after(from);
  }

  private forget(count: number): void {
    this.start = this.positions[count - 1] ?? this.start;
    this.positions.splice(0, count);
  }

  /** The index of the first one after a position. */
  private after(position: Position): number {
    let [low, high] = [0, this.positions.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const at = this.positions[middle];
      if (at !== undefined && comparePositions(at, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
