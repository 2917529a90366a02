import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { draftOf, parse } from '@das/pipeline';
import { createEventGenerator, visitsEventsV1 } from '@das/testing';
import { scan } from './scan';

const GOOD = JSON.parse(
  String(createEventGenerator({ stream: 'orders', seed: 3, partitions: 1, now: Date.now })().value),
) as Readonly<Record<string, unknown>>;
const ADDRESS = 'lost@example.org';

interface Sent {
  readonly contract?: StreamContract;
  readonly headers?: readonly (readonly [string, string])[];
}

/** What the scan makes of an event, given as an object or as its text. */
function scanned(event: string | object, { contract = ordersEventsV1, headers = [] }: Sent = {}) {
  const value = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
  const bytes = headers.map(([name, text]) => [name, Buffer.from(text)] as const);
  const draft = draftOf(
    { position: '1', key: null, value, timestampMs: undefined, headers: bytes },
    contract,
  );
  expect(parse()(draft)).toBeUndefined();
  const heard: string[] = [];
  const step = scan([contract], { phiFound: (kind, mode) => heard.push(`${kind} ${mode}`) });
  return { outcome: step(draft), tags: draft.phiTags, heard };
}

const order = (fields: object): object => ({ ...GOOD, ...fields });
const customer = (fields: object): object => order({ customer: { ...(GOOD.customer as object), ...fields } });
const quarantine: StreamContract = { ...ordersEventsV1, undeclaredPhi: 'quarantine' };
/** The text of an event with something before its closing brace. */
const withRaw = (text: string): string => `${JSON.stringify(GOOD).slice(0, -1)},${text}}`;

describe('scan: where', () => {
  it.each([
    ['a declared property that is no PHI', order({ coupon: ADDRESS }), ['coupon#email']],
    ['items of an array', order({ items: [{ sku: 'a' }, { sku: ADDRESS }] }), ['items[].sku#email']],
    ['what no contract declares', order({ note: ADDRESS }), ['*#email']],
    ['what no contract declares, at depth', order({ a: [{ b: { c: [ADDRESS] } }] }), ['*#email']],
    ['beside declared PHI', customer({ nick: '202-555-0123' }), ['customer.*#phone']],
    ['a name that no contract declares', order({ [ADDRESS]: 1 }), ['*#email']],
    ['a name at depth', customer({ a: { [ADDRESS]: {} } }), ['customer.*#email']],
    ['by the name of a property', order({ ssn: '078051120' }), ['*#ssn']],
    ['by the name of what it is in', order({ mobile: { main: ['2025550123'] } }), ['*#phone']],
    ['a number', order({ a: 4111111111111111 }), ['*#card']],
    ['a number by its name', order({ phone: 2025550123 }), ['*#phone']],
    ['a number that lost its zero', order({ ssn: 78051120 }), ['*#ssn']],
    ['several kinds', order({ coupon: `${ADDRESS} 202-555-0123` }), ['coupon#email', 'coupon#phone']],
    ['the same twice, once', order({ a: ADDRESS, b: ADDRESS }), ['*#email']],
  ])('%s', (_, event, tags) => {
    expect(scanned(event)).toMatchObject({ outcome: undefined, tags });
  });

  it.each([
    ['declared PHI, whatever it holds', customer({ name: '078-05-1120' })],
    ['an enum, a time, an id, the version, a country', GOOD],
    ['a price', order({ total_usd: 2025550123.5, tax: 4111111111111.25 })],
    ['null, booleans, empty texts', order({ a: [null, true, '', {}] })],
    // Each half by itself is nothing: stated in docs/phi.md.
    ['a value in two properties', order({ local: 'lost', domain: '@example.org' })],
    ['a value in two items', order({ ssn: ['078', '05', '1120'] })],
  ])('not in %s', (_, event) => {
    expect(scanned(event)).toEqual({ outcome: undefined, tags: [], heard: [] });
  });

  it('in numbers that a double does not hold', () => {
    expect(scanned(withRaw('"a":6212345678901234560')).tags).toEqual([]);
    expect(scanned(withRaw('"a":[{"b":"1","c":6212345678901233}],"7":6212345678901236')).tags).toEqual([]);
    // Passes Luhn; as a double it is 6229999999999998976, which does not.
    expect(scanned(withRaw('"a":"4\\\\\\"1","b":6229999999999999001')).tags).toEqual(['*#card']);
  });

  it('in an event that no parser could have made worse', () => {
    expect(scanned(withRaw(`"__proto__":{"x":"${ADDRESS}"},"constructor":"202-555-0123"`)).tags).toEqual([
      '*#email',
      '*#phone',
    ]);
    expect(scanned(withRaw(`"a":${'['.repeat(90)}"${ADDRESS}"${']'.repeat(90)}`)).tags).toEqual(['*#email']);
  });

  it('in the headers that land', () => {
    const headers = [
      ['TraceState', `vendor=${ADDRESS}`],
      ['traceparent', `00-${'1'.repeat(32)}-4111111111111111-01`],
      ['other', ADDRESS],
    ] as const;
    expect(scanned(GOOD, { headers }).tags).toEqual(['header:tracestate#email']);
    expect(scanned(GOOD, { headers: [['traceparent', '4111111111111111']] }).tags).toEqual([
      'header:traceparent#card',
    ]);
  });
});

describe('scan: modes', () => {
  const event = customer({ 'secret-name': '202-555-0123', more: ADDRESS });

  it('tag lets it land', () => {
    expect(scanned(event)).toEqual({
      outcome: undefined,
      tags: ['customer.*#phone', 'customer.*#email'],
      heard: ['phone tag', 'email tag'],
    });
  });

  it('quarantine refuses it, with places and kinds, without values and undeclared names', () => {
    expect(
      scanned(order({ items: [{ sku: 'a' }, { sku: ADDRESS }], x: ADDRESS }), { contract: quarantine }),
    ).toEqual({
      outcome: {
        outcome: 'dead',
        reason: 'undeclared_phi',
        stage: 'scan',
        errors: [
          { path: '/items/1/sku', rule: 'email' },
          { path: '/*', rule: 'email' },
        ],
      },
      tags: [],
      heard: ['email quarantine', 'email quarantine'],
    });
  });

  it('quarantine names ten places at most', () => {
    const items = Array.from({ length: 50 }, () => ({ sku: ADDRESS }));
    const { outcome } = scanned(order({ items }), { contract: quarantine });
    expect(outcome).toMatchObject({ errors: { length: 10 } });
  });

  it('allow does not look', () => {
    const contract: StreamContract = { ...ordersEventsV1, undeclaredPhi: 'allow' };
    expect(scanned(event, { contract })).toEqual({ outcome: undefined, tags: [], heard: [] });
  });
});

describe('scan: echoes', () => {
  const [address] = ordersEventsV1.phi;
  const phi = (['email', 'name', 'phone'] as const).map((name) => ({
    ...address!,
    path: ['customer', name],
    kind: name,
    protect: name === 'phone' ? ('clear' as const) : ('tokenize' as const),
  }));
  const contract: StreamContract = { ...ordersEventsV1, phi };
  const named = (fields: object): object => ({
    ...order(fields),
    customer: { id: 'c', name: 'Robin Sample', email: 'robin@example.com', phone: '1' },
  });

  it.each([
    ['elsewhere', { coupon: 'for Robin Sample!' }, ['coupon#echo']],
    ['where nothing is declared', { a: { b: ['Robin Sample'] } }, ['*#echo']],
    ['as a name', { 'Robin Sample': 1 }, ['*#echo']],
    ['percent-encoded', { coupon: 'Robin%20Sample' }, ['coupon#echo']],
    ['in base64', { coupon: Buffer.from('by Robin Sample').toString('base64') }, ['coupon#echo']],
    ['as an escape', { coupon: 'Robin\\u0020Sample' }, ['coupon#echo']],
    ['with its kind', { coupon: 'robin@example.com' }, ['coupon#email', 'coupon#echo']],
    ['not within a word', { coupon: 'Robin Samples' }, []],
    ['not in part', { coupon: 'Robin S.' }, []],
  ])('%s', (_, fields, tags) => {
    expect(scanned(named(fields), { contract }).tags).toEqual(tags);
  });

  it('in declared PHI that lands clear, and not where it is protected itself', () => {
    const twice = { name: 'Robin Sample', email: 'Robin Sample', phone: 'Robin Sample' };
    expect(scanned(order({ customer: twice }), { contract }).tags).toEqual(['customer.phone#echo']);
  });

  it('of every item, and in the right one', () => {
    const note = {
      ...address!,
      path: ['items', '[]', 'note'],
      kind: 'free_text' as const,
      protect: 'redact' as const,
    };
    const schema = { properties: { items: { items: { properties: { note: {}, sku: {} } } } } };
    const items = Array.from({ length: 40 }, (_, index) => ({ note: `note number ${index}`, sku: 'x' }));
    items[7]!.sku = 'note number 39';
    const { outcome } = scanned(
      { items },
      { contract: { ...ordersEventsV1, undeclaredPhi: 'quarantine', phi: [note], schema } },
    );
    expect(outcome).toMatchObject({ errors: [{ path: '/items/7/sku', rule: 'echo' }] });
  });

  it.each([
    ['short', 'name', 'Robin'],
    ['a placeholder', 'name', 'unknown'],
    ['a code that many share', 'diagnosis', 'E11.65'],
    ['a city', 'address', 'Sampletown'],
  ] as const)('not of what is %s', (_, kind, name) => {
    const one: StreamContract = { ...contract, phi: [{ ...phi[1]!, kind }] };
    expect(scanned({ customer: { name }, coupon: `see ${name}` }, { contract: one }).tags).toEqual([]);
  });

  it('takes hostile amounts of protected values', () => {
    const note = {
      ...address!,
      path: ['notes', '[]'],
      kind: 'free_text' as const,
      protect: 'redact' as const,
    };
    const schema = { properties: { notes: { items: {} }, text: {} } };
    const notes = Array.from({ length: 5_000 }, (_, index) => `${'a '.repeat(100)}${index}`);
    const one: StreamContract = { ...contract, phi: [note], schema };
    expect(scanned({ notes, text: 'a '.repeat(400_000) }, { contract: one }).tags).toEqual([]);
  }, 30_000);
});

describe('scan: ordinary events', () => {
  it.each(['orders', 'auth'] as const)('finds all that stands in odd places of %s', (stream) => {
    const contract = stream === 'orders' ? ordersEventsV1 : authEventsV1;
    const rates = { phiInOddPlaces: 1 };
    const next = createEventGenerator({ stream, seed: 12, partitions: 6, now: Date.now, rates });
    for (let count = 0; count < 500; count++) {
      expect(scanned(String(next().value), { contract }).tags).toHaveLength(1);
    }
  });

  it.each([
    ['orders', ordersEventsV1],
    ['auth', authEventsV1],
    ['visits', visitsEventsV1],
  ] as const)('finds nothing in 20,000 of %s', (stream, contract) => {
    const next = createEventGenerator({ stream, seed: 11, partitions: 6, now: Date.now });
    const heard: string[] = [];
    const step = scan([contract], { phiFound: (kind) => heard.push(kind) });
    for (let count = 0; count < 20_000; count++) {
      const { value } = next();
      const record = { position: String(count), key: null, value, timestampMs: undefined, headers: [] };
      const draft = draftOf(record, contract);
      draft.event = JSON.parse(String(value)) as Readonly<Record<string, unknown>>;
      step(draft);
    }
    expect(heard).toEqual([]);
  });
});
