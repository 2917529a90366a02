import { inspect } from 'node:util';
import { idsIn, MarkBook, type Mark } from './marks';
import { search } from './search';

const book = new MarkBook();
const TEXT = book.text('a test');
const DIGITS = book.digits('a test');

const codes = (mark: string, make: (code: string) => string): string =>
  Array.from(mark)
    .map((character) => make(character.charCodeAt(0).toString(16)))
    .join('');

/** How a value can leave a system, written out independently of the search. */
const WAYS: readonly (readonly [string, (mark: string) => string | Buffer])[] = [
  ['as it is', (mark) => `a line with ${mark} in it`],
  ['in JSON', (mark) => JSON.stringify(JSON.stringify({ event: { mark } }))],
  ['in upper case', (mark) => mark.toUpperCase()],
  ['reversed', (mark) => Array.from(mark).reverse().join('')],
  ['escaped', (mark) => `"${codes(mark, (code) => `\\u${code.padStart(4, '0')}`)}"`],
  [
    'escaped in upper case',
    (mark) => `"${codes(mark, (code) => `\\u${code.toUpperCase().padStart(4, '0')}`)}"`,
  ],
  ['escaped twice', (mark) => JSON.stringify(codes(mark, (code) => `\\u${code.padStart(4, '0')}`))],
  ['percent-encoded', (mark) => codes(mark, (code) => `%${code}`)],
  ['percent-encoded in upper case', (mark) => codes(mark, (code) => `%${code.toUpperCase()}`)],
  ['as entities', (mark) => codes(mark, (code) => `&#x${code};`)],
  ['in hex', (mark) => Buffer.from(`a ${mark}`).toString('hex')],
  ['in upper-case hex', (mark) => Buffer.from(`a ${mark}`).toString('hex').toUpperCase()],
  ['as a Buffer that is printed', (mark) => inspect({ value: Buffer.from(mark) })],
  ['as a Buffer in JSON', (mark) => JSON.stringify({ value: Buffer.from(mark) })],
  ['in UTF-16', (mark) => Buffer.from(mark, 'utf16le')],
  ['in UTF-16, big endian', (mark) => Buffer.from(mark, 'utf16le').swap16()],
  ...['', 'x', 'xy', 'xyz', 'öä'].flatMap((before) => [
    [
      `in base64 after ${before}`,
      (mark: string) => Buffer.from(`${before}${mark}?>`).toString('base64'),
    ] as const,
    [
      `in base64url after ${before}`,
      (mark: string) => Buffer.from(`${before}${mark}?>`).toString('base64url'),
    ] as const,
  ]),
];

describe('the search', () => {
  it.each(WAYS)('finds a mark %s', (_, write) => {
    for (const mark of [TEXT, DIGITS]) {
      expect(
        search(Buffer.concat([Buffer.from('before '), Buffer.from(write(mark)), Buffer.from(' after')])),
      ).not.toEqual([]);
    }
  });

  it('finds nothing where nothing is', () => {
    const other = Buffer.from('zqx canary, 7390125, a line of a log {"level":"info"} 0123456789abcdef');
    expect(search(other)).toEqual([]);
    expect(search(Buffer.from(other.toString('base64')))).toEqual([]);
  });
});

describe('a mark', () => {
  it('is known by its id', () => {
    expect(idsIn(`${TEXT} and ${DIGITS}`)).toEqual(['0001', '0002']);
    expect(book.find('0001')).toEqual<Mark>({ id: '0001', place: 'a test', columns: [], path: undefined });
  });
});
