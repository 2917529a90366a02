import { createHmac } from 'node:crypto';
import { createTokenMaker, formatToken, parseToken, tokenOfGone } from './offset-token';
import type { DataKey, KeyProvider } from './ports/key-provider';

const older: DataKey = { id: 'hash-1', material: new Uint8Array(32).fill(1) };
const newer: DataKey = { id: 'hash-2', material: new Uint8Array(32).fill(2) };

/** The last key is the one in use. */
const ring = (...keys: [DataKey, ...DataKey[]]): KeyProvider => ({
  current: () => keys.at(-1) ?? keys[0],
  find: (_purpose, id) => keys.find((key) => key.id === id),
});
const record = (value: string) => ({
  position: '48213',
  key: Buffer.from('k'),
  value: Buffer.from(value),
  timestampMs: undefined,
  headers: [],
});

describe('an offset token', () => {
  const token = createTokenMaker(ring(older)).of(record('a'));

  it('is read as it was written', () => {
    expect(formatToken(token)).toMatch(/^48213~hash-1~[A-Za-z0-9_-]{16}$/);
    expect(parseToken(formatToken(token))).toEqual(token);
    expect(parseToken(formatToken(tokenOfGone('7')))).toEqual(tokenOfGone('7'));
  });

  it.each(['48213', '48213~9f03a1c4', '~k~0123456789abcdef', '1~k~short', '1~a b~0123456789abcdef'])(
    'is not what another program wrote: %s',
    (text) => {
      expect(parseToken(text)).toBeUndefined();
    },
  );

  it('is the beginning of the keyed hash, so that nobody without the key can try values against it', () => {
    const byTheBook = createHmac('sha256', older.material).update('1:ka').digest('base64url');
    expect(token.hash).toBe(byTheBook.slice(0, 16));
  });

  it('is of its record alone, whatever key is in use by now', () => {
    const tokens = createTokenMaker(ring(older, newer));
    expect(tokens.matches(token, record('a'))).toBe(true);
    expect(tokens.matches(token, record('b'))).toBe(false);
    expect(tokens.of(record('a'))).not.toEqual(token);
    expect(tokens.matches(tokens.of(record('a')), record('a'))).toBe(true);
  });

  it('cannot be compared without the key that made it', () => {
    const tokens = createTokenMaker(ring(newer));
    expect(() => tokens.matches(token, record('a'))).toThrow(
      expect.objectContaining({ kind: 'setup', code: 'key_missing' }) as Error,
    );
  });
});
