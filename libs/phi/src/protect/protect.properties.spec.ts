import { createHmac } from 'node:crypto';
import type { PropertyPath, ProtectedProperty } from '@das/contracts';
import { openBytes } from '@das/keys';
import { draftOf, parse } from '@das/pipeline';
import { testKeys, visitsEventsV1 } from '@das/testing';
import fc from 'fast-check';
import { generalizerOf } from './generalize/generalize';
import { protect } from './protect';
import { tagOf } from './tag';

const NOW = Date.UTC(2026, 0, 1);
const keys = testKeys();
const { domain, stream, phi } = visitsEventsV1;
const steps = [parse(), protect([visitsEventsV1], { keys, clock: { now: () => NOW } })];

/** A piece of a document: as it is sent, and as it is to land. */
interface Piece {
  readonly sent: string;
  readonly lands: string;
}
type Entry = readonly [path: PropertyPath, property: ProtectedProperty];
type Generate = fc.GeneratorValue;

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('1984-03-02', '02139', '10203', '203.0.113.7', 'E11.9', '71046', 'a@example.com'),
);
const number = fc.constantFrom('0', '-0', '1.10', '1e400', '12345678901234567890123', '60601', '19840302');
const space = fc.constantFrom('', '', ' ', '\t ');

function pick<T>(g: Generate, ...from: readonly T[]): T {
  return g(() => fc.constantFrom(...from));
}

/** A string in one of the spellings that JSON has for it. */
function spelled(g: Generate, value: string): string {
  return `"${Array.from(value, (character) => (g(fc.boolean) ? escaped(g, character) : plain(character))).join('')}"`;
}

/** Each of its one or two UTF-16 units. */
function escaped(g: Generate, character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((hex) => `\\u${g(fc.boolean) ? hex : hex.toUpperCase()}`).join('');
}

function plain(character: string): string {
  return JSON.stringify(character).slice(1, -1);
}

function leaf(g: Generate, property: ProtectedProperty): Piece {
  const shape = pick(g, 'string', 'string', 'string', 'number', 'true', 'null', 'nested');
  if (shape === 'null') return { sent: 'null', lands: 'null' };
  if (shape === 'string') {
    const value: string = g(() => text);
    const sent = spelled(g, value);
    return { sent, lands: landed(property, value, sent) };
  }
  const sent = shape === 'number' ? g(() => number) : shape === 'true' ? 'true' : '{"a": [1.0, "]}"]}';
  return { sent, lands: landed(property, sent, sent) };
}

/** What is to land, as the product's documents say it and by other means than it uses. */
function landed({ protect, kind, path }: ProtectedProperty, value: string, json: string): string {
  switch (protect) {
    case 'clear':
      return json;
    case 'redact':
      return 'null';
    case 'tokenize': {
      const key = keys.current(`token:${domain}`);
      const mac = createHmac('sha256', key.material).update(`${kind}\0${value}`, 'utf8').digest('base64url');
      return `"tok.${key.id}.${mac}"`;
    }
    case 'generalize':
      return JSON.stringify(generalizerOf(kind)(value, NOW) ?? null);
    case 'encrypt':
      return `<${tagOf(path)}:${Buffer.from(json).toString('base64')}>`;
  }
}

function piece(g: Generate, entries: readonly Entry[]): Piece {
  const own = entries.find(([path]) => path.length === 0);
  if (own !== undefined) return leaf(g, own[1]);
  const shape = pick(g, 'as declared', 'as declared', 'as declared', 'null', 'another');
  if (shape === 'null') return { sent: 'null', lands: 'null' };
  // Nothing of what stands where the parts of a container should is known.
  if (shape === 'another') return { sent: '"somebody"', lands: anythingProtected(entries) };
  return entries.some(([path]) => path[0] === '[]') ? array(g, entries) : object(g, entries);
}

function anythingProtected(entries: readonly Entry[]): string {
  return entries.some(([, { protect }]) => protect !== 'clear') ? 'null' : '"somebody"';
}

function array(g: Generate, entries: readonly Entry[]): Piece {
  const below = entries.map(([path, property]) => [path.slice(1), property] as const);
  const items = Array.from({ length: g(fc.nat, { max: 3 }) }, () => piece(g, below));
  return joined(g, '[', items, ']');
}

function object(g: Generate, entries: readonly Entry[]): Piece {
  const names = [...new Set(entries.map(([path]) => path[0] ?? ''))].filter(() => pick(g, true, true, false));
  const members = names.map((name) => {
    const below = entries
      .filter(([path]) => path[0] === name)
      .map(([path, rest]) => [path.slice(1), rest] as const);
    return member(g, pick(g, true, false) ? spelled(g, name) : `"${name}"`, piece(g, below));
  });
  for (const name of ['other', '__proto__', 'ma"il', 'patientz', 'é']) {
    if (!pick(g, true, false, false)) continue;
    const json = g(() => fc.oneof(fc.json({ stringUnit: 'grapheme' }), number));
    members.push(member(g, spelled(g, name), { sent: json, lands: json }));
  }
  return joined(
    g,
    '{',
    g(() => fc.shuffledSubarray(members, { minLength: members.length })),
    '}',
  );
}

function member(g: Generate, name: string, { sent, lands }: Piece): Piece {
  const before = `${name}${g(() => space)}:${g(() => space)}`;
  return { sent: before + sent, lands: before + lands };
}

function joined(g: Generate, open: string, pieces: readonly Piece[], close: string): Piece {
  const between = pieces.map(() => [g(() => space), g(() => space)] as const);
  const join = (side: keyof Piece): string =>
    open + pieces.map((one, index) => between[index]!.join(one[side])).join(',') + close;
  return { sent: join('sent'), lands: join('lands') };
}

/** The sealed values of what landed, opened, each with the path that it is bound to. */
function opened(payload: string): string {
  return payload.replace(/"(eyJ[^"]+)"/g, (_, sealed: string) => {
    const header = JSON.parse(Buffer.from(sealed.split('.')[0]!, 'base64url').toString()) as { path: string };
    const find = (id: string) => keys.find(`encrypt:${domain}`, id);
    const bytes = openBytes(sealed, { find, bound: { domain, stream, path: header.path } });
    return `<${header.path}:${bytes.toString('base64')}>`;
  });
}

describe('protect, on documents of every shape', () => {
  const entries = phi.map((property) => [property.path, property] as const);

  it('changes what is protected and no other byte', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const { sent, lands } = object(g, entries);
        const value = Buffer.from(sent);
        const draft = draftOf(
          { position: '1', key: null, value, timestampMs: undefined, headers: [] },
          visitsEventsV1,
        );
        for (const step of steps) expect(step(draft)).toBeUndefined();
        const payload = Buffer.from(draft.payload).toString('utf8');
        expect(opened(payload)).toBe(lands);
        // The row's columns are taken from the event.
        expect(JSON.stringify(draft.event)).toBe(JSON.stringify(JSON.parse(payload)));
        expect(value.toString()).toBe(sent);
      }),
      // A failing document is told as it is: making it smaller takes minutes.
      { numRuns: 300, endOnFailure: true },
    );
  });
});
