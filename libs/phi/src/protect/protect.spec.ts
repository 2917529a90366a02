import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { draftOf } from '@das/pipeline';
import { protect } from './protect';
import { purposesOf } from './purposes';

const key = { id: 'k1', material: new Uint8Array(32) };
const keys = { current: () => key, find: () => key };

function protectedDraft(event: Readonly<Record<string, unknown>>, contract: StreamContract = ordersEventsV1) {
  const value = Buffer.from(JSON.stringify(event));
  const draft = draftOf({ position: '1', key: null, value, timestampMs: undefined, headers: [] }, contract);
  draft.event = event;
  expect(protect([contract], { keys })(draft)).toBeUndefined();
  return draft;
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
