import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaints, runChaos, type ChaosSpan, type SourceKind } from '@das/testing';

/** Another number tries other troubles; a number that was printed tries the same ones again. */
const SEED = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1_000_000));

/**
 * Every process, killed, frozen, stopped and multiplied; every fault of source and endpoint; then the oracle counts.
 * @param least - of what has to have happened, so that the run proves something
 */
export function chaosOf(
  source: SourceKind,
  span: ChaosSpan,
  least: { readonly records: number; readonly kills: number },
): void {
  const dir = mkdtempSync(join(tmpdir(), `das-chaos-${source}-`));
  const lastWords = (): string =>
    readFileSync(join(dir, 'chaos.log'), 'utf8').trimEnd().split('\n').slice(-40).join('\n');

  it(`${source}: nothing is lost, doubled, changed or stranded (CHAOS_SEED=${SEED})`, async () => {
    try {
      const report = await runChaos({ dir, source, seed: SEED }, span);
      process.stderr.write(`chaos: ${JSON.stringify(report)}\n`);
      expect(complaints(report)).toEqual([]);
      expect(report.rows + report.dropped).toBe(report.produced);
      expect(report.produced).toBeGreaterThan(least.records);
      const { 'kill-collector': collectors = 0, 'kill-endpoint': endpoints = 0 } = report.troubles;
      expect(collectors + endpoints).toBeGreaterThanOrEqual(least.kills);
    } catch (thrown) {
      const again = `CHAOS_SEED=${SEED} npx jest test/chaos/${source}.test.ts`;
      const what = `${again}; everything is in ${dir}; the last events:\n${lastWords()}\n`;
      throw new Error(what + String(thrown), { cause: thrown });
    }
    rmSync(dir, { recursive: true });
  }, 600_000);
}
