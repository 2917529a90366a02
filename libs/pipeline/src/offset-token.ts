import { Failure } from './failure';
import type { KeyProvider } from './ports/key-provider';
import type { Position, SourceRecord } from './ports/source';
import { createKeyedHash } from './record-hash';

/** What a channel's offset token says: where, and which record was there. */
export interface OffsetToken {
  readonly position: Position;
  /** The `record-hash` key that made `hash`. */
  readonly keyId: string;
  /** The beginning of the record's RECORD_HASH, `HASH_LENGTH` characters of base64url. */
  readonly hash: string;
}

/** 96 bits: nobody finds another record of the same hash, and without the key it tells nothing. */
const HASH_LENGTH = 16;
const TOKEN = new RegExp(`^(.+)~([A-Za-z0-9._-]{1,64})~([A-Za-z0-9_-]{${HASH_LENGTH}})$`);

/** `<position>~<key id>~<hash>`: tells by itself whether the log is still the one it was taken from. */
export function formatToken({ position, keyId, hash }: OffsetToken): string {
  return `${position}~${keyId}~${hash}`;
}

/** @returns undefined for a text that no collector wrote. */
export function parseToken(text: string): OffsetToken | undefined {
  const [, position, keyId, hash] = TOKEN.exec(text) ?? [];
  if (position === undefined || keyId === undefined || hash === undefined) return undefined;
  return { position, keyId, hash };
}

/** The token of a record that the log does not have any more: none is ever compared with it. */
export function tokenOfGone(position: Position): OffsetToken {
  return { position, keyId: 'none', hash: '-'.repeat(HASH_LENGTH) };
}

/** Makes tokens, and compares them with what stands in the log. */
export interface TokenMaker {
  /** The token of everything up to and including this record. */
  of(record: SourceRecord): OffsetToken;
  /**
   * Whether the token was made of this record.
   * @throws Failure setup when the key that made it is gone
   */
  matches(token: OffsetToken, record: SourceRecord): boolean;
}

export function createTokenMaker(keys: KeyProvider): TokenMaker {
  const hashWith = createKeyedHash();
  const hashOf = (record: SourceRecord, material: Uint8Array): string =>
    hashWith(material, record).slice(0, HASH_LENGTH);
  return {
    of(record) {
      const { id, material } = keys.current('record-hash');
      return { position: record.position, keyId: id, hash: hashOf(record, material) };
    },
    matches({ keyId, hash }, record) {
      const key = keys.find('record-hash', keyId);
      if (key !== undefined) return hashOf(record, key.material) === hash;
      throw new Failure(
        'setup',
        'key_missing',
        `the record-hash key ${keyId}, which made the offset token, is missing`,
        {
          cure: 'put the key back: an earlier key is needed until a later one has made every channel’s token',
        },
      );
    },
  };
}
