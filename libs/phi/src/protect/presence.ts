import type { PropertyPath } from '@das/contracts';

/** Whether something is at a path of an event; null counts as nothing. */
export type Presence = (event: unknown) => boolean;

const ITEMS = '[]';

/** Looks for a value at a path; beneath `[]`, in any item. */
export function presenceOf(path: PropertyPath): Presence {
  const [key, ...rest] = path;
  if (key === undefined) return (value) => value !== undefined && value !== null;
  const below = presenceOf(rest);
  if (key === ITEMS) return (value) => Array.isArray(value) && value.some(below);
  return (value) => below(childOf(value, key));
}

/** Looks for a key that is not declared, in the object or objects at a path. */
export function undeclaredAt(path: PropertyPath, declared: ReadonlySet<string>): Presence {
  const [key, ...rest] = path;
  if (key === undefined) {
    return (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      for (const name in value) if (!declared.has(name)) return true;
      return false;
    };
  }
  const below = undeclaredAt(rest, declared);
  if (key === ITEMS) return (value) => Array.isArray(value) && value.some(below);
  return (value) => below(childOf(value, key));
}

/** Declared names are snake_case, so none of them is found on a prototype but `constructor`. */
function childOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
