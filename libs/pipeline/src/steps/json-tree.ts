/** Keys of a parsed document, at every depth. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countKeys(item);
    return count;
  }
  for (const key in value) count += 1 + countKeys((value as Record<string, unknown>)[key]);
  return count;
}

/** Whether a key or a string holds half a surrogate pair, which no UTF-8 text can carry. */
export function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return !isWellFormed(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasLoneSurrogate);
  return Object.entries(value).some(([key, item]) => !isWellFormed(key) || hasLoneSurrogate(item));
}

function isWellFormed(text: string): boolean {
  // With the `u` flag a pair is one code point, so this class matches only half of one.
  return !/[\ud800-\udfff]/u.test(text);
}

/** The value at a path of keys; undefined where the path ends early. */
export function valueAt(event: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  let value: unknown = event;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
