import type { CorpusCase, CorpusKind } from './corpus-case';

/** How a finder did on one kind, or on all. Counted by text and kind, which is what a tag says. */
export interface ScanQuality {
  readonly kind: string;
  /** Texts that hold the kind. */
  readonly present: number;
  readonly found: number;
  readonly falseHits: number;
  readonly recall: number;
  readonly precision: number;
}

export type Finder = (text: string, key: string | undefined) => readonly string[];

/** The row `all` first, then one for each kind. */
export function measureScan(cases: readonly CorpusCase[], find: Finder): readonly ScanQuality[] {
  const judged = cases.map((one) => ({ labelled: one.kinds, hits: find(one.text, one.key) }));
  const kinds = [...new Set(judged.flatMap(({ labelled, hits }) => [...labelled, ...hits]))].sort();
  const rows = kinds.map((kind) => {
    const present = judged.filter(({ labelled }) => labelled.includes(kind as CorpusKind));
    const found = present.filter(({ hits }) => hits.includes(kind)).length;
    const hits = judged.filter((one) => one.hits.includes(kind)).length;
    return quality(kind, present.length, found, hits - found);
  });
  const sum = (pick: (row: ScanQuality) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  return [
    quality(
      'all',
      sum((row) => row.present),
      sum((row) => row.found),
      sum((row) => row.falseHits),
    ),
    ...rows,
  ];
}

function quality(kind: string, present: number, found: number, falseHits: number): ScanQuality {
  return {
    kind,
    present,
    found,
    falseHits,
    recall: present === 0 ? 1 : found / present,
    precision: found + falseHits === 0 ? 1 : found / (found + falseHits),
  };
}
