import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { ProtectedProperty, StreamContract } from '@das/contracts';
import { draftOf, Failure, type DataKey, type KeyProvider } from '@das/pipeline';
import { testKeys, visitsEventsV1 } from '@das/testing';
import { protect } from './protect';
import { purposesOf } from './purposes';

const clock = { now: () => Date.UTC(2026, 0, 1) };

type Event = Readonly<Record<string, unknown>>;

function protectedDraft(event: Event | string, contract: StreamContract = ordersEventsV1, keys = testKeys()) {
  const value = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
  const draft = draftOf({ position: '1', key: null, value, timestampMs: undefined, headers: [] }, contract);
  draft.event = JSON.parse(value.toString()) as Event;
  expect(protect([contract], { keys, clock })(draft)).toBeUndefined();
  return draft;
}

/** What lands of one value, by a contract that has nothing else. */
function landed(
  value: unknown,
  property: Partial<ProtectedProperty>,
  contract: Partial<StreamContract> = {},
) {
  const phi = [{ ...visitsEventsV1.phi[0]!, path: ['value'], ...property }];
  const draft = protectedDraft({ value }, { ...visitsEventsV1, ...contract, phi });
  return (JSON.parse(Buffer.from(draft.payload).toString()) as { value: unknown }).value;
}

describe('PHI_TAGS', () => {
  it.each([
    ['nothing', {}, []],
    [
      'what is there',
      { customer: { email: 'a@example.com', phone: '' } },
      ['customer.email', 'customer.phone'],
    ],
    ['null as nothing', { customer: { email: null, name: 'A' } }, ['customer.name']],
    ['no value of another shape', { customer: ['email'], shipping_address: 'x' }, []],
    ['what no contract declares beside PHI', { customer: { id: '1', nick: 1 }, note: 1 }, ['customer.*']],
  ])('name %s', (_, event, tags) => {
    expect(protectedDraft(event).phiTags).toEqual(tags);
    expect(protectedDraft(event).phiTags).toEqual(tags);
  });

  it('look into every item of an array', () => {
    const note = { ...ordersEventsV1.phi[0]!, path: ['items', '[]', 'note'] };
    const contract = { ...ordersEventsV1, phi: [note] };
    expect(protectedDraft({ items: [{ sku: 'a' }, { note: 'x' }] }, contract).phiTags).toEqual([
      'items[].note',
      'items[].*',
    ]);
    expect(protectedDraft({ items: [{ sku: 'a' }, { note: null }] }, contract).phiTags).toEqual([
      'items[].*',
    ]);
    expect(protectedDraft({ items: [] }, contract).phiTags).toEqual([]);
  });

  it('tell more paths apart than a small integer has bits', () => {
    const names = Array.from({ length: 40 }, (_, index) => `p${index}`);
    const phi = names.map((name) => ({ ...ordersEventsV1.phi[0]!, path: [name] }));
    const contract = { ...ordersEventsV1, phi };
    for (const name of names) expect(protectedDraft({ [name]: 1 }, contract).phiTags).toEqual([name]);
  });
});

describe('what lands', () => {
  it.each([
    ['tokenize', 'identifier', 'MRN-1', /^tok\.test-1\.[\w-]{43}$/],
    ['tokenize', 'identifier', true, /^tok\.test-1\.[\w-]{43}$/],
    ['encrypt', 'name', 'Alex Sample', /^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/],
    ['redact', 'free_text', 'a word', /^null$/],
    ['redact', 'free_text', { a: [1] }, /^null$/],
    ['generalize', 'postal_code', '02139', /^021$/],
    ['generalize', 'postal_code', 60601, /^606$/],
    ['generalize', 'ip', 'localhost', /^null$/],
    ['clear', 'email', 'a@example.com', /^a@example.com$/],
  ] as const)('by %s of %s: %j', (protect, kind, value, form) => {
    expect(String(landed(value, { protect, kind }))).toMatch(form);
    expect(landed(null, { protect, kind })).toBeNull();
  });

  it('of a value is one token in all streams of a domain, and another in another domain and as another kind', () => {
    const token = (kind: ProtectedProperty['kind'], contract: Partial<StreamContract>) =>
      landed('same', { protect: 'tokenize', kind }, contract);
    const here = token('identifier', { domain: 'a', stream: 's1' });
    expect(token('identifier', { domain: 'a', stream: 's2', version: '2.0.0' })).toBe(here);
    expect(token('identifier', { domain: 'b', stream: 's1' })).not.toBe(here);
    expect(token('email', { domain: 'a', stream: 's1' })).not.toBe(here);
  });

  it('of a number is the token of its digits, which no double holds', () => {
    const token = (value: string) =>
      protectedDraft(`{"member_id":${value}}`, visitsEventsV1).event.member_id as string;
    expect(token('12345678901234567890')).toBe(token('"12345678901234567890"'));
    expect(token('12345678901234567890')).not.toBe(token('12345678901234567891'));
    expect(token('"\\u0040"')).toBe(token('"@"'));
  });

  it('is what the row’s columns are taken from', () => {
    const { event, payload } = protectedDraft({ patient: { mrn: 'MRN-1' } }, visitsEventsV1);
    expect(event).toEqual(JSON.parse(Buffer.from(payload).toString()));
    expect(event).toEqual({ patient: { mrn: expect.stringMatching(/^tok\./) as string } });
  });

  it('is the payload itself where everything lands clear', () => {
    const { payload, record } = protectedDraft({ customer: { email: 'a@example.com' } });
    expect(payload).toBe(record.value);
  });
});

describe('LINK_TOKENS', () => {
  const tokens = (email: unknown, contract = visitsEventsV1) =>
    protectedDraft({ patient: { email } }, contract).linkTokens;

  it('are made of what lands clear, in whichever domain, whatever the spelling', () => {
    const here = tokens('Alex.Sample@Example.com ');
    expect(here).toEqual({ member: expect.stringMatching(/^lnk\.test-1\.[\w-]{43}$/) as string });
    expect(tokens('alex.sample@example.com', { ...visitsEventsV1, domain: 'other' })).toEqual(here);
    expect(tokens('sam.sample@example.com')).not.toEqual(here);
  });

  it.each([[null], [undefined], [' '], [{}]])('are none of %j', (value) => {
    expect(tokens(value)).toBeUndefined();
  });

  it('are made of what was sent where that lands in another form', () => {
    const phi = visitsEventsV1.phi.map((one) => (one.link ? { ...one, protect: 'redact' as const } : one));
    expect(tokens('a@example.com', { ...visitsEventsV1, phi })).toEqual(tokens('a@example.com'));
  });
});

describe('keys', () => {
  it('are asked for before the first record', () => {
    const missing = new Failure('setup', 'key_missing', 'no key');
    const keys: KeyProvider = {
      current(purpose) {
        if (purpose === 'encrypt:brook_clinic') throw missing;
        return testKeys().current(purpose);
      },
      find: () => undefined,
    };
    expect(() => protect([ordersEventsV1, visitsEventsV1], { keys, clock })).toThrow(missing);
  });

  it('are read for each record, for they may be refreshed', () => {
    let key: DataKey = { id: 'k1', material: Buffer.alloc(32, 1) };
    const step = protect([visitsEventsV1], { keys: { current: () => key, find: () => key }, clock });
    const tokenOf = () => {
      const value = Buffer.from('{"member_id":"m"}');
      const draft = draftOf(
        { position: '1', key: null, value, timestampMs: undefined, headers: [] },
        visitsEventsV1,
      );
      draft.event = { member_id: 'm' };
      step(draft);
      return draft.event.member_id;
    };
    expect(tokenOf()).toMatch(/^tok\.k1\./);
    key = { id: 'k2', material: Buffer.alloc(32, 2) };
    expect(tokenOf()).toMatch(/^tok\.k2\./);
  });

  it.each([
    ['an event that is not what its bytes say', '{"member_id":"m"}', {}],
    ['a document that ends too early', '{"member_id":"m', { member_id: 'm' }],
  ])('let nothing land of %s', (_, bytes, event) => {
    const value = Buffer.from(bytes);
    const draft = draftOf(
      { position: '1', key: null, value, timestampMs: undefined, headers: [] },
      visitsEventsV1,
    );
    draft.event = event;
    expect(() => protect([visitsEventsV1], { keys: testKeys(), clock })(draft)).toThrow();
  });
});

describe('purposesOf', () => {
  it('names each purpose once', () => {
    const [email] = ordersEventsV1.phi;
    const phi = (['clear', 'tokenize', 'tokenize', 'encrypt', 'redact', 'generalize'] as const).map(
      (protect) => ({
        ...email!,
        protect,
        link: protect === 'clear' ? 'member' : undefined,
      }),
    );
    expect(purposesOf({ domain: 'd', phi })).toEqual(['link', 'token:d', 'encrypt:d']);
  });
});
