import type { OdcsProperty } from './odcs';

/** The columns of a table's key, in the key's order. */
export function keyColumns(properties: readonly OdcsProperty[]): readonly OdcsProperty[] {
  return properties
    .filter(({ primaryKey }) => primaryKey === true)
    .toSorted((a, b) => (a.primaryKeyPosition ?? 0) - (b.primaryKeyPosition ?? 0));
}
