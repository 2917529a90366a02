import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaints, runChaos } from '@das/testing';

/** Another number tries other troubles; a number that was printed tries the same ones again. */
const SEED = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1_000_000));
const ROUNDS = 2;

/** Every process, killed, frozen, stopped and multiplied; every fault of the endpoint; then the oracle counts. */
describe('chaos', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-chaos-'));
  const lastWords = (): string =>
    readFileSync(join(dir, 'chaos.log'), 'utf8').trimEnd().split('\n').slice(-40).join('\n');

  it(`loses, doubles, changes and strands nothing (CHAOS_SEED=${SEED})`, async () => {
    try {
      const report = await runChaos({ dir, seed: SEED }, { rounds: ROUNDS });
      process.stderr.write(`chaos: ${JSON.stringify(report)}\n`);
      expect(complaints(report)).toEqual([]);
      expect(report.rows + report.dropped).toBe(report.produced);
      expect(report.produced).toBeGreaterThan(20_000);
      const { 'kill-collector': collectors = 0, 'kill-endpoint': endpoints = 0 } = report.troubles;
      expect(collectors + endpoints).toBeGreaterThanOrEqual(20);
      expect(report.settleSeconds).toHaveLength(ROUNDS);
    } catch (thrown) {
      const what = `CHAOS_SEED=${SEED}; everything is in ${dir}; the last events:\n${lastWords()}\n`;
      throw new Error(what + String(thrown), { cause: thrown });
    }
    rmSync(dir, { recursive: true });
  }, 600_000);
});
