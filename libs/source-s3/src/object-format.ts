/** What an object holds, by the ending of its key. Whether its text is gzipped, its first bytes say. */
export type ObjectFormat = 'ndjson' | 'csv' | 'parquet';

const ENDINGS: readonly (readonly [RegExp, ObjectFormat])[] = [
  [/\.(ndjson|jsonl)(\.gz)?$/i, 'ndjson'],
  [/\.csv(\.gz)?$/i, 'csv'],
  [/\.parquet$/i, 'parquet'],
];

/** Undefined: an object that is not read, such as a marker that a writer left. */
export function formatOf(key: string): ObjectFormat | undefined {
  return ENDINGS.find(([ending]) => ending.test(key))?.[1];
}
