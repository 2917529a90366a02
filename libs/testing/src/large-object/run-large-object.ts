import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ManagedProcess } from '../processes/managed-process';
import { awsEnv, startMoto } from '../servers/moto';
import { ObjectStore } from '../servers/object-store';

const MEGABYTE = 1024 * 1024;
/** Of the text that is packed at once; the object is a sequence of such pieces, as gzip allows. */
const PIECE_BYTES = 32 * MEGABYTE;
const LINES = 5_000;
const LONGEST_MS = 1_800_000;

/** What reading one gzipped object took. */
export interface LargeObjectReport {
  readonly uncompressedMb: number;
  readonly compressedMb: number;
  readonly rowsExpected: number;
  readonly rows: number;
  readonly seconds: number;
  /** The most memory that the reading process ever had, all of it. */
  readonly peakRssMb: number;
}

/**
 * Has a process of its own read an object from moto.
 * @param uncompressedMb - of the object, at least 32
 */
export async function runLargeObject(dir: string, uncompressedMb: number): Promise<LargeObjectReport> {
  const moto = await startMoto(join(dir, 'moto.log'));
  const store = await ObjectStore.create(moto.url, 'large-object');
  try {
    const piece = textOf(PIECE_BYTES);
    const pieces = Math.ceil((uncompressedMb * MEGABYTE) / piece.length);
    const packed = gzipSync(piece, { level: 1 });
    await store.put('large.ndjson.gz', Buffer.concat(Array.from({ length: pieces }, () => packed)));
    const reader = ManagedProcess.start({
      name: 'reader',
      command: process.execPath,
      args: ['--max-semi-space-size=32', '--import', 'tsx', join(__dirname, 'read-object.ts'), store.bucket],
      env: awsEnv(moto.url),
      logFile: join(dir, 'reader.log'),
    });
    const said = JSON.parse(await reader.ready(LONGEST_MS)) as Pick<
      LargeObjectReport,
      'rows' | 'seconds' | 'peakRssMb'
    >;
    return {
      uncompressedMb: Math.round((piece.length * pieces) / MEGABYTE),
      compressedMb: Math.round((packed.length * pieces) / MEGABYTE),
      rowsExpected: pieces * linesIn(piece),
      ...said,
    };
  } finally {
    store.close();
    await moto.process.stop();
  }
}

/** Whole lines, about so many bytes. */
function textOf(bytes: number): Buffer {
  const lines = Array.from(
    { length: LINES },
    (_, id) => `${JSON.stringify({ id, note: String(id).repeat(120) })}\n`,
  );
  const block = Buffer.from(lines.join(''));
  return Buffer.concat(Array.from({ length: Math.ceil(bytes / block.length) }, () => block));
}

function linesIn(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(0x0a); at >= 0; at = text.indexOf(0x0a, at + 1)) count++;
  return count;
}
