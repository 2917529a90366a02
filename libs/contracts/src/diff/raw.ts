import { durationSeconds, isDuration } from '../duration';

/** YAML as it stands: a base may be older than today's rules, and is compared all the same. */
export type Raw = Readonly<Record<string, unknown>>;

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A scalar's text; of anything else, none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

export function rawOf(value: unknown): Raw {
  return isRaw(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function rawsOf(value: unknown): readonly Raw[] {
  return listOf(value).filter(isRaw);
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).map(String);
}

/** By the text of one of their keys; of several with the same, the last. */
export function byName(value: unknown, key: string): ReadonlyMap<string, Raw> {
  return new Map(rawsOf(value).map((item) => [String(item[key]), item]));
}

/** The value of a custom property. */
export function custom(owner: Raw, name: string): unknown {
  return rawsOf(owner.customProperties).find(({ property }) => property === name)?.value;
}

/** Equal, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRaw(value)) return value === undefined ? 'undefined' : JSON.stringify(value);
  const pairs = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

export function added<T>(base: readonly T[], head: readonly T[]): readonly T[] {
  return head.filter((item) => !base.includes(item));
}

/** `PT2H` or `P1D` in seconds; undefined where it is none. */
export function secondsOf(value: unknown): number | undefined {
  const text = String(value);
  return isDuration(text) ? durationSeconds(text) : undefined;
}
