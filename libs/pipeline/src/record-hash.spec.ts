import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createRecordHash } from './record-hash';

const keysOf = (current: () => Uint8Array) => ({
  current: () => ({ id: 'k', material: current() }),
  find: () => undefined,
});

function byTheBook(material: Uint8Array, key: Uint8Array | null, value: Uint8Array | null): string {
  return createHmac('sha256', material)
    .update(`${key === null ? -1 : key.length}:`)
    .update(key ?? '')
    .update(value ?? '')
    .digest('base64url');
}

describe('the record hash', () => {
  const bytes = fc.option(fc.uint8Array({ maxLength: 40_000, size: 'max' }));

  it('is HMAC-SHA256, whatever the lengths and whatever was hashed before', () => {
    const material = randomBytes(32);
    const recordHash = createRecordHash(keysOf(() => material));
    fc.assert(
      fc.property(bytes, bytes, (key, value) => {
        expect(recordHash({ key, value })).toBe(byTheBook(material, key, value));
      }),
    );
  });

  it('follows the key in use', () => {
    let material = randomBytes(32);
    const recordHash = createRecordHash(keysOf(() => material));
    const record = { key: Buffer.from('k'), value: Buffer.from('v') };
    const first = recordHash(record);
    material = randomBytes(32);
    expect(recordHash(record)).not.toBe(first);
    expect(recordHash(record)).toBe(byTheBook(material, record.key, record.value));
  });

  it('tells apart where the key ends', () => {
    const material = randomBytes(32);
    const recordHash = createRecordHash(keysOf(() => material));
    const hashes = [
      { key: null, value: Buffer.from('ab') },
      { key: Buffer.from(''), value: Buffer.from('ab') },
      { key: Buffer.from('a'), value: Buffer.from('b') },
      { key: Buffer.from('ab'), value: null },
    ].map(recordHash);
    expect(new Set(hashes).size).toBe(4);
  });
});
