import type { StreamContract } from '@das/contracts';
import type { Marker, MayLand } from './marks';

export type MarkedEvent = Record<string, unknown>;

interface Leaf {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Leaf>>;
  readonly items?: Leaf;
}

/** Values for patterns, which leave a mark no room; a whole number that is bounded is 1. */
const FITTING = ['1.0.0', 'EUR', 'DE'];
const ENVELOPE = { eventId: 'EVENT_ID', eventType: 'EVENT_TYPE', subjectKey: 'SUBJECT_KEY' } as const;

/** An event that keeps its contract and has a mark at every path that takes one. */
export function markedEvent(contract: StreamContract, book: Marker): MarkedEvent {
  return valueOf(contract.schema, [], contract, book) as MarkedEvent;
}

/** What the contract lets land of a declared property: PAYLOAD, and a column of the envelope that is made of it. */
export function mayLandAt(contract: StreamContract, path: readonly string[]): MayLand {
  const same = (other: readonly string[]): boolean => other.join('.') === path.join('.');
  const property = contract.phi.find((one) => same(one.path));
  if (property !== undefined && property.protect !== 'clear') return { columns: [] };
  const columns = Object.entries(ENVELOPE)
    .filter(([name]) => same(contract.paths[name as keyof typeof ENVELOPE]))
    .map(([, column]) => column);
  return { columns: ['PAYLOAD', ...columns], path: dotted(path) };
}

export function dotted(path: readonly string[]): string {
  return path.join('.').replaceAll('.[]', '[]');
}

function valueOf(leaf: Leaf, path: readonly string[], contract: StreamContract, book: Marker): unknown {
  if (leaf.properties !== undefined) {
    const parts = Object.entries(leaf.properties);
    return Object.fromEntries(
      parts.map(([name, part]) => [name, valueOf(part, [...path, name], contract, book)]),
    );
  }
  if (leaf.items !== undefined) return [valueOf(leaf.items, [...path, '[]'], contract, book)];
  if (leaf.enum !== undefined) return leaf.enum[0];
  if (leaf.format === 'date-time') return new Date().toISOString();
  const pattern = leaf.pattern === undefined ? undefined : new RegExp(leaf.pattern);
  if (pattern !== undefined) return FITTING.find((value) => pattern.test(value));
  const place = `${contract.stream} ${dotted(path)}`;
  const may = mayLandAt(contract, path);
  if (leaf.type === 'integer' && leaf.maximum !== undefined) return 1;
  if (leaf.type === 'number' || leaf.type === 'integer') {
    const digits = book.digits(place, may);
    // As a fraction it has room below every bound; the last digit keeps zeros before it.
    return Number(leaf.maximum === undefined ? digits : `0.${digits}1`);
  }
  if (leaf.format === 'uuid') return `00000000-0000-4000-8000-${book.digits(place, may)}`;
  return leaf.format === 'email' ? book.email(place, may) : book.text(place, may);
}

/** The JSON text, with every character of every string and name escaped. */
export function escapedJson(event: MarkedEvent): string {
  return JSON.stringify(event).replace(/"([^"\\]*)"/g, (_, text: string) => {
    const codes = Array.from(text).map(
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return `"${codes.join('')}"`;
  });
}
