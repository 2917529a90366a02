import { checkGovernance } from './check-governance';
import type { OdcsProperty } from './odcs';

type Custom = Readonly<Record<string, unknown>>;

/** A property of which nothing is wrong, but for what is given. */
function property(change: Partial<OdcsProperty>, custom: Custom = {}): OdcsProperty {
  return {
    name: 'value',
    description: 'Sample.',
    logicalType: 'string',
    classification: 'internal',
    customProperties: Object.entries(custom).map(([name, value]) => ({ property: name, value })),
    ...change,
  };
}

const email = (custom: Custom, change: Partial<OdcsProperty> = {}): OdcsProperty =>
  property({ classification: 'pii', tags: ['phi:email'], ...change }, custom);
const CLEAR = { 'das.protect': 'clear', 'das.mask': 'domain', 'das.clearFor': [] };
const object = (
  parts: OdcsProperty[],
  change: Partial<OdcsProperty> = {},
  custom: Custom = {},
): OdcsProperty => property({ logicalType: 'object', properties: parts, ...change }, custom);
const array = (items: OdcsProperty, change: Partial<OdcsProperty> = {}): OdcsProperty =>
  property({ logicalType: 'array', items, ...change });

const faultsOf = (checked: OdcsProperty): readonly string[] =>
  checkGovernance(checked, ['p']).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('checkGovernance', () => {
  it.each([
    ['a plain property', property({})],
    ['personal data that lands clear, with its mask and its readers', email(CLEAR)],
    ['a token that is its own mask', email({ 'das.protect': 'tokenize' })],
    ['a kind that has a coarser form', email({ 'das.protect': 'generalize' }, { tags: ['phi:ip'] })],
    ['a link', email({ ...CLEAR, 'das.link': 'member' })],
    ['a container of personal data', object([email(CLEAR)], { classification: 'pii' })],
    ['a list of personal data', array(email({ 'das.protect': 'redact' }), { classification: 'pii' })],
  ])('lets %s be', (_, checked) => {
    expect(faultsOf(checked)).toEqual([]);
  });

  it.each([
    [
      'an object without parts',
      property({ logicalType: 'object' }),
      'p: is an object and must list its properties',
    ],
    [
      'an array of nobody knows what',
      property({ logicalType: 'array' }),
      'p: is an array and must say what its items are',
    ],
    [
      'personal data without protection',
      email({}),
      'p: is pii and needs das.protect: clear, tokenize, redact, encrypt or generalize',
    ],
    [
      'clear personal data without a mask',
      email({ 'das.protect': 'clear', 'das.clearFor': [] }),
      'p: is pii and lands clear, so it needs das.mask: domain, last2, initials, year, region, chapter, token, nothing',
    ],
    [
      'clear personal data without readers',
      email({ 'das.protect': 'clear', 'das.mask': 'domain' }),
      'p: is pii and lands clear, so it needs das.clearFor: the roles that see it so ([]: nobody)',
    ],
    [
      'two kinds',
      email(CLEAR, { tags: ['phi:email', 'phi:phone'] }),
      /^p: has the tags phi:email, phi:phone: give one of phi:email, phi:phone, /,
    ],
    ['an unknown kind', email(CLEAR, { tags: ['phi:mail'] }), /^p: has the tags phi:mail: give one of /],
    [
      'personal data without its kind',
      email(CLEAR, { tags: [] }),
      'p: is pii and needs a tag that names its kind, such as phi:email',
    ],
    [
      'a protected property without its kind',
      property({}, { 'das.protect': 'redact' }),
      'p: is protected and needs a tag that names its kind, such as phi:email',
    ],
    [
      'a kind without a coarser form',
      email({ 'das.protect': 'generalize' }),
      'p: phi:email has no coarser form: generalize takes date_of_birth, postal_code, ip, diagnosis, procedure',
    ],
    [
      'a mask of what does not land',
      email({ 'das.protect': 'redact', 'das.mask': 'domain' }),
      'p: das.mask cannot be made of what das.protect redact lands: it needs clear',
    ],
    [
      'a link of no kind',
      property({}, { 'das.link': 'member' }),
      'p: has das.link and no tag that names its kind: only what identifies a person links',
    ],
    [
      'a link that is no text',
      email({ 'das.protect': 'tokenize', 'das.link': 'member' }, { logicalType: 'integer' }),
      'p: has das.link and is no string: what is written in one way links',
    ],
    [
      'a link in a list',
      array(email({ ...CLEAR, 'das.link': 'member' }), { classification: 'pii' }),
      'p.items: has das.link within an array: an event links by one value of each name',
    ],
    [
      'the protection of a container',
      object([email(CLEAR)], { classification: 'pii' }, { 'das.protect': 'redact' }),
      'p: is an object and has das.protect: only its parts are protected, so say it of each of them',
    ],
    [
      'personal data that is nowhere',
      object([property({})], { classification: 'phi' }),
      'p: is phi and none of its parts is: lower it, or say which part is personal',
    ],
    [
      'a part above the class of the whole',
      object([email(CLEAR)]),
      'p.properties.0: is pii, which is above the internal of what holds it: raise that',
    ],
    [
      'a fault at depth',
      array(object([email({})], { classification: 'pii' }), { classification: 'pii' }),
      /^p\.items\.properties\.0: is pii and needs das\.protect/,
    ],
  ])('refuses %s', (_, checked, expected) => {
    const found = faultsOf(checked);
    expect(found).toHaveLength(1);
    expect(found[0]).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });
});
