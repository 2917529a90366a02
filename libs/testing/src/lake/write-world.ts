import { BronzeStream } from '../bronze-world/bronze-stream';
import { openLandedLake, type StreamName } from './land-rows';

const STREAM_NAMES: readonly StreamName[] = ['orders', 'auth'];

export interface WorldOptions {
  readonly seed: number;
  /** Of both streams together, dead ones included. */
  readonly rows: number;
  readonly rowsPerFile: number;
  /** Epoch milliseconds of the first and the last arrival. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Fills a lake with the two streams of BROOK_COMMERCE, what was done with their dead letters, and what became of their
 * link tokens.
 * @returns the files that were written
 */
export async function writeWorld(lake: string, options: WorldOptions): Promise<readonly string[]> {
  const landed = await openLandedLake(lake);
  try {
    const size = options.rows / STREAM_NAMES.length;
    const streams = STREAM_NAMES.map((stream) => new BronzeStream({ ...options, stream, size }));
    const files: string[] = [];
    for (const stream of streams) {
      files.push(...(await landed.land(stream.name, stream.take(size), options.rowsPerFile)));
    }
    files.push(...(await landed.audit(streams.flatMap((stream) => stream.audit()))));
    files.push(...(await landed.rekey(streams.flatMap((stream) => stream.rekeys()))));
    return files;
  } finally {
    landed.close();
  }
}
