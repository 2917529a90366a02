import { KeyedDigest } from './keyed-digest';
import type { KeyProvider } from './ports/key-provider';
import type { SourceRecord } from './ports/source';

const FIRST_BYTES = 16 * 1024;
/** A key's length takes at most eleven. */
const LENGTH_BYTES = 16;

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

/** The hash under a given key of 32 bytes. */
export function createKeyedHash(): (material: Uint8Array, record: HashedRecord) => string {
  const digest = new KeyedDigest(FIRST_BYTES);
  return (material, { key, value }) => {
    const room = digest.room(material, LENGTH_BYTES + (key?.length ?? 0) + (value?.length ?? 0));
    let end = KeyedDigest.start + room.write(`${key === null ? -1 : key.length}:`, KeyedDigest.start);
    if (key !== null) {
      room.set(key, end);
      end += key.length;
    }
    if (value !== null) {
      room.set(value, end);
      end += value.length;
    }
    return digest.digest(end);
  };
}
