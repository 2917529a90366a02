import zlib from 'node:zlib';
import { Failure } from '@das/pipeline';
import type { AsyncBuffer, Compressors, FileMetaData, ParquetParsers } from 'hyparquet';
import { MAX_ROW_GROUP_BYTES, PARQUET_BATCH } from '../limits';
import { objectFault } from '../object-fault';
import { jsonText, RawJson } from './json-text';
import type { Line } from './line-cutter';
import { decimalColumns, decimalText } from './parquet-decimals';

/** A file that is read in pieces. */
export interface PieceReader {
  readonly length: number;
  /** @param end - not included */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** What JSON says of Parquet's times: UTC, to the microsecond where they are that fine. */
const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => instantText(millis * 1000n),
  timestampFromMicroseconds: (micros) => instantText(micros),
  timestampFromNanoseconds: (nanos) => instantText(nanos / 1000n),
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

/** Besides snappy, which hyparquet has; zstd where this Node has it (22.15). */
const COMPRESSORS: Compressors = {
  GZIP: (bytes) => zlib.gunzipSync(bytes),
  BROTLI: (bytes) => zlib.brotliDecompressSync(bytes),
  ...('zstdDecompressSync' in zlib && { ZSTD: zlib.zstdDecompressSync as (bytes: Uint8Array) => Uint8Array }),
};

/**
 * The rows of a Parquet file as JSON, a row group in memory at a time.
 * @param skip - so many first rows are not wanted; whole row groups of them are not read
 * @throws Failure data for a file that is damaged, or whose row groups are too large
 */
export async function* parquetRows(pieces: PieceReader, skip: number): AsyncGenerator<readonly Line[]> {
  // Loaded where a file of this format is met.
  const parquet = await import('hyparquet');
  const file = asAsyncBuffer(pieces);
  const metadata = await understood(() => parquet.parquetMetadataAsync(file));
  const decimals = decimalColumns(parquet.parquetSchema(metadata));
  let start = 0;
  for (const group of metadata.row_groups) {
    const end = start + Number(group.num_rows);
    if (end > skip) {
      if (group.total_byte_size > MAX_ROW_GROUP_BYTES) {
        throw objectFault('parquet_row_group_too_large', 'a row group is above 128 MB unpacked');
      }
      const from = Math.max(start, skip);
      const rows = await understood(() => parquet.parquetReadObjects(optionsOf(file, metadata, from, end)));
      for (let at = 0; at < rows.length; at += PARQUET_BATCH) {
        yield rows.slice(at, at + PARQUET_BATCH).map((row) => toLine(row, decimals));
      }
    }
    start = end;
  }
}

/** Without utf8, bytes that no schema calls a text stay bytes. */
function optionsOf(file: AsyncBuffer, metadata: FileMetaData, rowStart: number, rowEnd: number) {
  const rows = { rowStart, rowEnd, utf8: false, geoparquet: false };
  return { file, metadata, ...rows, parsers: PARSERS, compressors: COMPRESSORS };
}

function toLine(row: Record<string, unknown>, decimals: ReadonlyMap<string, number>): Line {
  for (const [name, scale] of decimals) {
    const value = row[name];
    if (value !== undefined && value !== null) row[name] = new RawJson(decimalText(value, scale));
  }
  return Buffer.from(jsonText(row));
}

function asAsyncBuffer(pieces: PieceReader): AsyncBuffer {
  const { length } = pieces;
  return {
    byteLength: length,
    slice: async (start, end = length) => {
      const from = start < 0 ? length + start : start;
      const bytes = await pieces.read(from, end);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
  };
}

/** What reading a piece throws is what it is; anything else is the file's fault. */
async function understood<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw objectFault('object_damaged', 'the Parquet file cannot be read', thrown);
  }
}

function instantText(micros: bigint): string {
  const millis = Number(micros / 1000n) - (micros % 1000n < 0n ? 1 : 0);
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  const text = new Date(millis).toISOString();
  return rest === 0n ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}
