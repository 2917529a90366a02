import { findPhi } from './find-phi';

const ADDRESS = 'user@example.com';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The rows of the table of encodings in docs/phi.md, "What is found". */
describe('encodings', () => {
  it.each([
    ['percent-encoding', encodeURIComponent(ADDRESS)],
    ['percent-encoding, twice', encodeURIComponent(encodeURIComponent(ADDRESS))],
    ['an escape', 'user\\u0040example.com'],
    ['an escape of an escape', 'user\\\\u0040example.com'],
    ['JSON in a string', JSON.stringify({ to: ADDRESS })],
    ['JSON in JSON in a string', JSON.stringify(JSON.stringify({ to: ADDRESS }))],
    ['cut-off JSON', JSON.stringify({ to: ADDRESS }).slice(0, -2)],
    ['base64', base64(ADDRESS)],
    ['base64 without padding, in a sentence', `see ${base64(ADDRESS).replace(/=/g, '')}!`],
    ['base64url', Buffer.from(`???>>> ${ADDRESS}`).toString('base64url')],
    ['base64 as a part of a path', `/files/${base64(`to ${ADDRESS}`)}`],
    ['a JSON Web Token', `x.${Buffer.from(JSON.stringify({ sub: ADDRESS })).toString('base64url')}.y`],
    ['base64, percent-encoded', encodeURIComponent(base64(ADDRESS))],
    ['base64 of JSON with an escape', base64('{"to":"user\\u0040example.com"}')],
    ['full-width characters', 'ｕｓｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
    ['zero-width characters', ADDRESS.replace(/./g, '$&\u200b')],
    ['a soft hyphen', 'user@exam\u00adple.com'],
  ])('%s: found', (_, text) => {
    expect(findPhi(text)).toEqual(['email']);
  });

  it.each([
    ['percent-encoding, five times', 'user%2525252540example.com'],
    ['base64 in base64', base64(base64(ADDRESS))],
    ['hex', Buffer.from(ADDRESS).toString('hex')],
    ['entities of HTML', 'user&#64;example.com'],
    ['words for signs', 'user at example dot com'],
    ['spelt-out digits', 'SSN zero seven eight zero five one one two zero'],
  ])('%s: not found', (_, text) => {
    expect(findPhi(text)).toEqual([]);
  });
});

describe('findPhi', () => {
  it.each([
    ['Arabic digits', 'SSN ٠٧٨-٠٥-١١٢٠', ['ssn']],
    ['a no-break hyphen', '078\u201105\u20111120', ['ssn']],
    ['a number in a longer one', '1078-05-11209', []],
    ['three numbers of many', '12 078 05 1120 44', []],
    ['an area that is none', 'SSN 666-05-1120', []],
    ['an ITIN where words say so', 'tax id 912-70-1234', ['ssn']],
    ['a card after another number', 'order 12345 4111 1111 1111 1111 12/29', ['card']],
    ['a card within an account', 'FR76 4111 1111 1111 1111 890', []],
    ['a card of seventeen digits', '41111111111111111', []],
    ['a decimal that would be a card', '0.4111111111111111', []],
    ['an NPI without a word', '1234567893', []],
    ['an NPI with a wrong digit', 'NPI 1234567894', []],
    ['a phone that an order is called', 'order 202-555-0123', []],
    ['a phone in an order', 'order 4471, phone 202-555-0123', ['phone']],
    ['an exchange that is none', '202-155-0123', []],
    ['a country code that is none', '+999 1234 5678', []],
    ['a sum', '1000+2025550123', []],
    ['coordinates with signs', '+40.20361-075.00417/', []],
    ['a date after the phone’s word', 'phone checked 2026-11-24', []],
    ['an era of Japan', '昭和59年5月3日生', ['date_of_birth']],
    ['a birth in a year', 'born 1984', []],
    ['another date beside', 'DOB missing; visit on 2026-11-24', []],
    ['the word of another number', 'MRN missing, ticket 1234567', []],
    ['a login', 'ssh://git@git.example.com/team', []],
    ['a picture in double size', 'logo@2x.png', []],
    ['an SSN after its word and _', 'ssn_078-05-1120', ['ssn']],
    ['an SSN in the name of a file', 'scan_078-05-1120.pdf', ['ssn']],
    ['an SSN before _', '078-05-1120_v2', ['ssn']],
    ['an SSN in one run before _', 'ssn 078051120_old', ['ssn']],
    ['an SSN in one run after _', 'ssn_078051120', ['ssn']],
    ['a card after _', 'card_4111-1111-1111-1111', ['card']],
    ['a card before _', '4111 1111 1111 1111_a', ['card']],
    ['a card in one run after its word and _', 'card_4111111111111111', ['card']],
    ['a card in one run between _', 'card_4111111111111111_old', ['card']],
    ['a phone after _', 'tel_415-555-2671', ['phone']],
    ['a phone before _', '415-555-2671_home', ['phone']],
    ['a birth after its word and _', 'dob_1984-05-03', ['date_of_birth']],
    ['a birth after words joined by _', 'date_of_birth_19840503_x', ['date_of_birth']],
    ['a record number after _', 'mrn_1234567', ['mrn']],
    ['an NPI between _', 'npi_1234567893_a', ['npi']],
    ['an id that would be a card', 'evt_4111111111111111', []],
    ['a file that would be a card', 'img_4111111111111111.png', []],
    ['an id before _ that would be a card', '4111111111111111_evt', []],
    ['an id of nine digits', 'evt_078051120', []],
    ['an id of ten digits', 'evt_4155552671_1', []],
    ['a date after _', 'export_1984-05-03', []],
    ['an order’s number after _', 'order_415-555-2671', []],
    ['a card with points', 'card 4111.1111.1111.1111', []],
    ['an SSN in one run that its word touches', 'SSN078051120', []],
    ['a quoted local part', '"user name"@example.com', []],
  ])('%s', (_, text, kinds) => {
    expect(findPhi(text)).toEqual(kinds);
  });

  it.each([
    ['patientSSN', '078051120', ['ssn']],
    ['order_no', '202-555-0123', []],
    ['order_note', '202-555-0123', ['phone']],
    ['mobile', '2025550123', ['phone']],
    ['phone_model_version', '1234567890', []],
    ['birthDate', '1984-05-03', ['date_of_birth']],
    ['shipDate', '1984-05-03', []],
    ['x'.repeat(1_000), '078051120', []],
  ])('reads the name %.20s', (name, text, kinds) => {
    expect(findPhi(text, name)).toEqual(kinds);
  });

  const filled = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length));
  const cpuMs = (text: string): number => {
    const before = process.cpuUsage();
    findPhi(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  /** By the square of its length, 200 kB would take longer, however cheap each step. */
  const QUICK_MS = 500;
  /** Shorter ones first, so that what does grow so is told before it takes minutes. */
  const LENGTHS = [10_000, 40_000, 200_000];
  /** Four times the text takes four times as long, or sixteen times by the square; the best of some looks. */
  const growsByTheSquare = (part: string): boolean =>
    LENGTHS.some((length) =>
      [1, 2, 3].every(() => {
        const long = cpuMs(filled(part, length));
        return long > QUICK_MS && long > 10 * cpuMs(filled(part, length / 4));
      }),
    );

  it.each([
    '@',
    'a@',
    'a.',
    '@a.',
    'a@a.a',
    '1',
    '1 ',
    '1-',
    '0',
    '(1',
    '+1(1)',
    '00 1 ',
    '4111 ',
    '07 ',
    '123-45-',
    '1 May ',
    'born 1 de ',
    'MRN A-',
    'MRN 1-',
    'mrn ',
    'date of ',
    'patient',
    '_1',
    'ssn_',
    'ssn_1',
    'card_4111-',
    '%25',
    '%',
    '\\',
    '\\\\u0040',
    '{"a":"',
    'QUFB',
    'aZ/',
    'aZ_-',
    'DE12 3456 ',
    '\u200b',
    '１',
    '\ufdfa',
    '年1',
    '生',
  ])('takes a long text of %j', (part) => {
    expect(growsByTheSquare(part)).toBe(false);
  });

  it.each(['@', '1-', 'MRN A-', '%25', 'aZ_-', 'ssn_', '_1'])('takes a megabyte of %j', (part) => {
    expect(findPhi(filled(part, 1_000_000))).toBeDefined();
  });
});
