import type { PropertyPath } from '@das/contracts';
import { tagOf } from '../protect/tag';

/** Where in a record something was found, in names that the contract declares. */
export interface Place {
  /** As PHI_TAGS write it: `coupon`, `items[].sku`, `customer.*`, `header:tracestate`. */
  readonly tag: string;
  /** As dead letters write it, a JSON pointer: `/items/3/sku`, `/customer/*`. */
  readonly pointer: string;
}

/**
 * @param path - declared names, `[]` for an item of an array
 * @param indexes - which items, in the order of the path
 * @param undeclared - it is below the path, under names that may hold anything
 */
export function placeAt(path: PropertyPath, indexes: readonly number[], undeclared: boolean): Place {
  const whole = undeclared ? [...path, '*'] : path;
  let item = 0;
  const pointer = whole.map((name) => `/${name === '[]' ? (indexes[item++] ?? '*') : name}`).join('');
  return { tag: tagOf(whole), pointer };
}

export function headerPlace(name: string): Place {
  return { tag: `header:${name}`, pointer: `header:${name}` };
}
