/** Less than 0: the first comes before the second. */
export type Compare<T> = (a: T, b: T) => number;

type Orderable = string | number | bigint;

/** By the first of these that differs. Texts by their code units, as a binary collation does for what is used here. */
export function by<T>(...parts: readonly ((item: T) => Orderable)[]): Compare<T> {
  return (a, b) => {
    for (const part of parts) {
      const [left, right] = [part(a), part(b)];
      if (left < right) return -1;
      if (left > right) return 1;
    }
    return 0;
  };
}

/** @throws Error when there are none */
export function greatest<T>(items: readonly T[], compare: Compare<T>): T {
  return items.reduce((best, item) => (compare(item, best) > 0 ? item : best));
}

/** @returns null when there are none */
export function smallestOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b));
}

/** @returns null when there are none */
export function greatestOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}

/** Items by their key, keys in the order in which they were met. */
export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}
