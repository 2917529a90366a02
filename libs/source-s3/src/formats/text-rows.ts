import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Failure } from '@das/pipeline';
import { CHUNK_BYTES } from '../limits';
import { objectFault } from '../object-fault';
import type { Cutter, Line } from './line-cutter';

/** An object's bytes as they come. */
export interface ObjectBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many there are to come. */
  readonly length: number;
}

/**
 * The values of a text, gzipped or not, in bounded memory: nothing is read ahead of who takes them.
 * @throws Failure data for a text that is damaged, transient for one that broke off on its way
 */
export async function* textRows(body: ObjectBody, cutter: Cutter): AsyncGenerator<readonly Line[]> {
  for await (const chunk of unpacked(body)) {
    const lines = cutter.cut(chunk);
    if (lines.length > 0) yield lines;
  }
  const last = cutter.end();
  if (last.length > 0) yield last;
}

async function* unpacked({ bytes, length }: ObjectBody): AsyncGenerator<Buffer> {
  const whole = new WholeBody(length);
  const chunks = whole.watch(bytes);
  const first = await beginning(chunks);
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  if (isGzip) yield* gunzipped(first, chunks, whole);
  else yield* joined(first, chunks);
}

/** At least the two bytes that tell gzip from text, where there are so many. */
async function beginning(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  return first;
}

async function* gunzipped(
  first: Buffer,
  rest: AsyncGenerator<Buffer>,
  whole: WholeBody,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const packed = Readable.from(joined(first, rest), { objectMode: false });
  const feeding = pipeline(packed, gunzip).catch((thrown: unknown) => thrown);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    // Damaged, or only broken off?
    if (!whole.isWhole && isUnexpectedEnd(thrown)) throw brokenOff(thrown);
    throw isZlib(thrown) ? objectFault('object_damaged', 'the object cannot be unpacked', thrown) : thrown;
  } finally {
    gunzip.destroy();
    await feeding;
  }
}

async function* joined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Notices a body that ends before it should. */
class WholeBody {
  private seen = 0;

  constructor(private readonly length: number) {}

  get isWhole(): boolean {
    return this.seen === this.length;
  }

  async *watch(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      this.seen += chunk.length;
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
    if (!this.isWhole) throw brokenOff();
  }
}

function brokenOff(cause?: unknown): Failure {
  return new Failure('transient', 's3_broken_off', 'the object broke off on its way', { cause });
}

function isUnexpectedEnd(thrown: unknown): boolean {
  return (thrown as { code?: unknown }).code === 'Z_BUF_ERROR';
}

function isZlib(thrown: unknown): boolean {
  return String((thrown as { code?: unknown }).code).startsWith('Z_');
}
