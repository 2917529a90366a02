import { BronzeStream } from '../bronze-world/bronze-stream';
import { DOMAINS, openLandedLake, type DomainName } from './land-rows';

export interface WorldOptions {
  /** BROOK_COMMERCE, unless another one is named. */
  readonly domain?: DomainName;
  readonly seed: number;
  /** Of all of its streams together, dead ones included. */
  readonly rows: number;
  readonly rowsPerFile: number;
  /** Epoch milliseconds of the first and the last arrival. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Fills a lake with the streams of a domain, what was done with their dead letters, and what became of their tokens.
 * @returns the files that were written
 */
export async function writeWorld(lake: string, options: WorldOptions): Promise<readonly string[]> {
  const { domain = 'brook_commerce' } = options;
  const landed = await openLandedLake(lake, domain);
  try {
    const names = DOMAINS[domain];
    const size = options.rows / names.length;
    const streams = names.map((stream) => new BronzeStream({ ...options, stream, size }));
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
