import { hash } from 'node:crypto';
import type { KeyProvider } from './ports/key-provider';
import type { SourceRecord } from './ports/source';

/** Bytes that SHA-256 takes at once. */
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const FIRST_BYTES = 16 * 1024;

/**
 * A keyed hash of key and value: it proves that a row is this record's, and tells nobody without the key
 * anything about a value that could be guessed. The key's length comes first, which keeps `key + value` apart
 * from any other split of the same bytes.
 */
export function createRecordHash(keys: KeyProvider): (record: HashedRecord) => string {
  const hashWith = createKeyedHash();
  return (record) => hashWith(keys.current('record-hash').material, record);
}

type HashedRecord = Pick<SourceRecord, 'key' | 'value'>;

/**
 * The hash under a given key of 32 bytes. HMAC-SHA256 as RFC 2104 defines it, from two one-shot hashes over buffers
 * that are used again: `createHmac` takes nearly twice as long for an event of 600 bytes, and every event has one
 * (docs/performance.md).
 */
export function createKeyedHash(): (material: Uint8Array, record: HashedRecord) => string {
  let material: Uint8Array | undefined;
  // Made at the first record: whoever never hashes one needs no memory for it.
  let inner = Buffer.alloc(0);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);

  function use(key: Uint8Array): void {
    material = key;
    if (inner.length === 0) inner = Buffer.alloc(FIRST_BYTES);
    // A longer key would have to be hashed first; a DataKey has 32 bytes.
    if (key.length > BLOCK_BYTES) throw new RangeError('a record-hash key is longer than a block');
    for (let at = 0; at < BLOCK_BYTES; at++) {
      const byte = key[at] ?? 0;
      inner[at] = byte ^ 0x36;
      outer[at] = byte ^ 0x5c;
    }
  }

  return (current, { key, value }) => {
    if (current !== material) use(current);
    // The length takes at most eleven bytes.
    const needed = BLOCK_BYTES + 16 + (key?.length ?? 0) + (value?.length ?? 0);
    if (needed > inner.length) {
      const longer = Buffer.alloc(Math.max(needed, inner.length * 2));
      inner.copy(longer, 0, 0, BLOCK_BYTES);
      inner = longer;
    }
    let end = BLOCK_BYTES + inner.write(`${key === null ? -1 : key.length}:`, BLOCK_BYTES);
    if (key !== null) {
      inner.set(key, end);
      end += key.length;
    }
    if (value !== null) {
      inner.set(value, end);
      end += value.length;
    }
    // As latin1 text: one character a byte, and cheaper to get than a buffer.
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK_BYTES, 'latin1');
    return hash('sha256', outer, 'base64url');
  };
}
