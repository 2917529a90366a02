import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { landingOn, type Landing } from './landing';

/** A record as the oracle itself found it in the source. */
export interface ExpectedRecord {
  /** As the column SOURCE names it: `journal:<topic>` or `kafka:<topic>`. */
  readonly source: string;
  readonly partition: string;
  readonly position: string;
  /** MD5 of what is to land of the value; undefined: a tombstone, which leaves no row. */
  readonly md5: string | undefined;
}

export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** Reads a topic of a journal: whole lines; a position is the offset just after the line. */
export async function* journalRecords(
  dir: string,
  topic: string,
  landing: Landing = landingOn(topic),
): AsyncGenerator<ExpectedRecord> {
  const source = `journal:${topic}`;
  for (const file of readdirSync(join(dir, topic)).filter((name) => name.endsWith('.ndjson'))) {
    const partition = file.slice(0, -'.ndjson'.length);
    let offset = 0;
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(join(dir, topic, file)) as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a, start)) {
        const line = rest.subarray(start, end);
        start = end + 1;
        const position = String(offset + start);
        yield {
          source,
          partition,
          position,
          md5: line.length === 0 ? undefined : md5(landing(line)),
        };
      }
      offset += start;
      rest = rest.subarray(start);
    }
  }
}
