import { leafOf, startsWith, type Leaf } from './places';
import type { TracedTable } from './traced-table';

/** Follows columns through the tables that are made, down to those that services write. */
export class Expansion {
  private readonly byName: ReadonlyMap<string, TracedTable>;

  constructor(traced: readonly TracedTable[]) {
    this.byName = new Map(traced.map((table) => [table.table, table]));
  }

  /** Columns of BRONZE and of OPS, with paths as far as these can be told. */
  downTo(leaf: Leaf, through: readonly string[] = []): readonly Leaf[] {
    const made = this.byName.get(leaf.table)?.columns[leaf.column];
    const here = `${leaf.table}.${leaf.column}`;
    // A table that keeps its rows takes them up again.
    if (made === undefined || through.includes(here)) return made === undefined ? [leaf] : [];
    return made.of
      .map(leafOf)
      .flatMap((source) =>
        this.downTo({ ...source, path: [...source.path, ...leaf.path] }, [...through, here]),
      );
  }

  /**
   * Whether everything that one is made of is among what others are made of. What is made of nothing (a number of rows, a
   * constant) has to be among them itself.
   */
  isWithin(leaf: Leaf, others: readonly Leaf[]): boolean {
    if (others.some((other) => holds(other, leaf))) return true;
    const all = others.flatMap((other) => this.downTo(other));
    const below = this.downTo(leaf);
    return below.length > 0 && below.every((source) => all.some((other) => holds(other, source)));
  }
}

/** Whether a place is another one, or holds it. */
export function holds(place: Leaf, other: Leaf): boolean {
  return place.table === other.table && place.column === other.column && startsWith(other.path, place.path);
}
