import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { StreamContract } from '@das/contracts';
import { md5, type ExpectedRecord } from './expected-records';
import type { Landing } from './landing';

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

/**
 * The records of objects of NDJSON and of CSV, gzipped or not: a position is the number of a line, or of a row after
 * the header, and an empty line is a tombstone. Of CSV as the generators' events make it: quoted cells, in each a text
 * without a newline.
 */
export async function* objectRecords(
  contract: StreamContract<'s3'>,
  objects: AsyncIterable<StoredObject>,
  landing: Landing,
): AsyncGenerator<ExpectedRecord> {
  const source = `s3:${contract.source.log}`;
  const seen = new Set<string>();
  for await (const { key, etag, bytes } of objects) {
    const partition = objectPartition({ key, etag });
    if (seen.has(partition)) continue;
    seen.add(partition);
    const lines = linesOf(key.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    const values = /\.csv(\.gz)?$/.test(key) ? rowsOf(lines, contract) : lines;
    let line = 0;
    for (const value of values)
      yield {
        source,
        partition,
        position: String(++line),
        md5: value.length === 0 ? undefined : md5(landing(value)),
      };
  }
}

function* linesOf(text: Buffer): Generator<Buffer> {
  for (let start = 0, end; start < text.length; start = end + 1) {
    end = text.indexOf(0x0a, start);
    if (end < 0) end = text.length;
    yield text.subarray(start, end);
  }
}

/** Each row as the JSON that stands for it: without what is empty, and numbers where the contract has numbers. */
function* rowsOf(lines: Iterable<Buffer>, { schema }: StreamContract): Generator<Buffer> {
  const types = (schema.properties ?? {}) as Readonly<Record<string, { readonly type?: unknown }>>;
  let names: readonly string[] | undefined;
  for (const line of lines) {
    const text = line.toString().replace(/\r$/, '');
    if (names === undefined) {
      names = text.split(',');
      continue;
    }
    const cells = [...text.matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    );
    const parts = names.flatMap((name, index) => {
      const cell = cells[index] ?? '';
      const isNumber =
        [types[name]?.type].flat().includes('number') && cell !== '' && !Number.isNaN(Number(cell));
      return cell === '' ? [] : [`${JSON.stringify(name)}:${isNumber ? cell : JSON.stringify(cell)}`];
    });
    yield Buffer.from(`{${parts.join(',')}}`);
  }
}
