import { format, inspect } from 'node:util';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { ClearRecord } from './clear-record';
import { draftOf } from './outcome';

const MARK = Buffer.from('marked-value');
const record = new ClearRecord('7', MARK, MARK, 0, [['marked-value', MARK]]);
const draft = draftOf(record, ordersEventsV1);
draft.event = { marked: 'marked-value' };

describe.each([
  ['a record', record],
  ['a draft', draft],
])('%s', (_, held) => {
  it('prints as a placeholder', () => {
    expect(inspect({ held }, { depth: 9, showHidden: true })).toBe('{ held: [record] }');
    expect(inspect(new Error('plain', { cause: held }), { depth: 9 })).not.toMatch(/marked|6d 61/);
    expect(format('%O %o', held, held)).toBe('[record] [record]');
  });

  it.each<readonly [string, (held: unknown) => unknown]>([
    ['serialised', (it) => JSON.stringify({ it })],
    ['made a text', (it) => `it: ${it as string}`],
    ['concatenated', (it) => 'it: ' + (it as string)],
    ['formatted', (it) => format('%s', it)],
  ])('refuses to be %s, and does not say what it holds', (_what, use) => {
    expect(() => use(held)).toThrow(/^a record must not be/);
  });
});
