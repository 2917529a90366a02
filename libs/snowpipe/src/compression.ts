import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { Failure } from '@das/pipeline';

/** `auto`: zstd where this Node has it (from 22.15 on), else gzip. */
export type Compression = 'auto' | 'gzip' | 'zstd' | 'none';

/** Smaller bodies gain nothing. */
const WORTH_IT_BYTES = 1_024;

/** For speed; the output of an append comes in one piece, for each further one is a trip through the thread pool. */
const GZIP = { level: 1, memLevel: 9, chunkSize: 1024 * 1024 };

/** `ZSTD_c_compressionLevel`, by its number: Node 20 has no name for it. */
const ZSTD = { params: { 100: 1 }, chunkSize: 1024 * 1024 };

const gzip = promisify(zlib.gzip);
const zstd = 'zstdCompress' in zlib ? promisify(zlib.zstdCompress as typeof zlib.gzip) : undefined;

export interface Compressed {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** Compresses in the thread pool, for speed rather than size. @throws Failure setup for zstd without zstd */
export function createCompressor(compression: Compression): (rows: Uint8Array) => Promise<Compressed> {
  if (compression === 'zstd' && zstd === undefined) {
    throw new Failure('setup', 'compression', 'this Node.js has no zstd', {
      cure: 'set the compression to auto or gzip, or run Node.js 22.15 or newer',
    });
  }
  return async (rows) => {
    if (compression === 'none' || rows.length < WORTH_IT_BYTES) return { body: rows, headers: {} };
    if (compression !== 'gzip' && zstd !== undefined) {
      return { body: await zstd(rows, ZSTD), headers: { 'content-encoding': 'zstd' } };
    }
    return { body: await gzip(rows, GZIP), headers: { 'content-encoding': 'gzip' } };
  };
}
