import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLargeObject } from '@das/testing';

/** `npm run soak -- --profile object` does so with 5 GB. */
const UNCOMPRESSED_MB = 600;
const MOST_RSS_MB = 300;

it('reads a gzipped object in memory that does not grow with it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-large-'));
  const report = await runLargeObject(dir, UNCOMPRESSED_MB);
  expect(report.uncompressedMb).toBeGreaterThanOrEqual(UNCOMPRESSED_MB);
  expect(report.rows).toBe(report.rowsExpected);
  expect(report.peakRssMb).toBeLessThan(MOST_RSS_MB);
  rmSync(dir, { recursive: true });
});
