import { types } from 'node:util';
import { asFailure } from '@das/pipeline';
import { describeError } from './describe-error';

/** What lies deeper is not logged: nobody has looked at it. */
const MAX_DEPTH = 5;

/** Also one of another realm: what Node's own code throws is none of this one's in a test. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** What is filled into a line's text: an error as what may be said of it. */
export function hideInText(value: unknown): unknown {
  return isError(value) ? asFailure(value).message : hideWithin(value, 0);
}

/** The same value, and another one only where an error lies in it: its description stands there then. */
export function hideErrors(value: unknown, depth = 1): unknown {
  return isError(value) ? describeError({ raw: value }) : hideWithin(value, depth);
}

function hideWithin(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  // These say themselves how they are written, or that they must not be.
  if (ArrayBuffer.isView(value) || 'toJSON' in value) return value;
  if (depth > MAX_DEPTH) return '[deeper]';
  const entries = Object.entries(value);
  const shown = entries.map(([name, held]) => [name, hideErrors(held, depth + 1)] as const);
  if (shown.every(([, held], index) => held === entries[index]?.[1])) return value;
  return Array.isArray(value) ? shown.map(([, held]) => held) : Object.fromEntries(shown);
}
