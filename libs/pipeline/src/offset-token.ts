import { crc32 } from 'node:zlib';
import type { Position, SourceRecord } from './ports/source';

/** What a channel's offset token says: where, and which record was there. */
export interface OffsetToken {
  readonly position: Position;
  /** crc32 of the record at `position`, eight hex digits. */
  readonly checksum: string;
}

/** `<position>~<crc32>`: tells by itself whether the log is still the one it was taken from. */
export function formatToken(token: OffsetToken): string {
  return `${token.position}~${token.checksum}`;
}

/** @returns undefined for a text that no collector wrote. */
export function parseToken(text: string): OffsetToken | undefined {
  const match = /^(.+)~([0-9a-f]{8})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { position: match[1], checksum: match[2] };
}

const EMPTY = new Uint8Array(0);

/** Over key and value, so that it is the same whenever the source is read again. */
export function recordChecksum(record: Pick<SourceRecord, 'key' | 'value'>): string {
  const sum = crc32(record.value ?? EMPTY, crc32(record.key ?? EMPTY));
  return sum.toString(16).padStart(8, '0');
}

/** The token of everything up to and including this record. */
export function tokenOf(record: SourceRecord): OffsetToken {
  return { position: record.position, checksum: recordChecksum(record) };
}
