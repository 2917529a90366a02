import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DbtPlace } from '@das/testing';

/** Folders of one run, for as long as `work` takes. @returns the exit code */
export async function withPlace(work: (place: DbtPlace) => Promise<void>): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'das-bench-'));
  try {
    const place = { lake: join(dir, 'lake'), work: join(dir, 'work'), target: join(dir, 'target') };
    for (const folder of Object.values(place)) mkdirSync(folder);
    await work(place);
    return 0;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
