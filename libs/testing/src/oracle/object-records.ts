import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { md5, type ExpectedRecord } from './expected-records';
import { landedBytes } from './landed-bytes';

/** One content that a key of a bucket has, or had. */
export interface StoredObject {
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
  readonly bytes: Buffer;
}

/** How a row names it: the same content under the same key is the same partition, however often it was put. */
export function objectPartition({ key, etag }: Pick<StoredObject, 'key' | 'etag'>): string {
  return createHash('sha256').update(`${key}\n${etag}`).digest('hex').slice(0, 32);
}

/** The records of objects of NDJSON, gzipped or not: a position is the number of a line, and an empty line a tombstone. */
export async function* objectRecords(
  log: string,
  objects: AsyncIterable<StoredObject>,
): AsyncGenerator<ExpectedRecord> {
  const seen = new Set<string>();
  for await (const { key, etag, bytes } of objects) {
    const partition = objectPartition({ key, etag });
    if (seen.has(partition)) continue;
    seen.add(partition);
    let line = 0;
    for (const value of linesOf(key.endsWith('.gz') ? gunzipSync(bytes) : bytes)) {
      yield {
        source: `s3:${log}`,
        partition,
        position: String(++line),
        md5: value.length === 0 ? undefined : md5(landedBytes(log, value)),
      };
    }
  }
}

function* linesOf(text: Buffer): Generator<Buffer> {
  for (let start = 0, end; start < text.length; start = end + 1) {
    end = text.indexOf(0x0a, start);
    if (end < 0) end = text.length;
    yield text.subarray(start, end);
  }
}
