import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { runLargeObject } from '@das/testing';

const UNCOMPRESSED_MB = 5 * 1024;
const MOST_RSS_MB = 300;

/** @returns the exit code */
export async function readLargeObject(
  dir: string,
  json: string | undefined,
  say: (text: string) => void,
): Promise<number> {
  mkdirSync(dir, { recursive: true });
  say(`object of ${UNCOMPRESSED_MB} MB uncompressed; logs in ${dir}`);
  const report = await runLargeObject(dir, UNCOMPRESSED_MB);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  if (report.rows !== report.rowsExpected || report.peakRssMb >= MOST_RSS_MB) return 1;
  rmSync(dir, { recursive: true });
  return 0;
}
