import { Failure } from '@das/pipeline';
import { BuildFailed, type RunReport, type Transformer } from '@das/transform';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';
import { watchTransform } from './watch-transform';

const PUBLISHED: RunReport = {
  state: 'published',
  id: '20261125T000000000Z',
  publishedAt: '2026-11-25T00:00:00.000Z',
  seconds: 4.25,
  models: [{ name: 'DB.GOLD.T', seconds: 1 }],
  tests: { passed: 2, warned: 0, failed: 0 },
  tables: { 'DB.GOLD.T': 1200 },
};
const UNCHANGED: RunReport = { state: 'unchanged', id: '20261125T000000000Z' };
const failed = (): Failure =>
  new BuildFailed(
    [{ node: 't', file: 'models/t.sql', kind: 'data', reason: 'a key is there twice: ID', cure: 'look' }],
    'dbt.log',
  );

/** Runs by a script; after its last word it is interrupted. */
async function watch(script: readonly (RunReport | Failure)[], json = false): Promise<RecordedTerminal> {
  const terminal = new RecordedTerminal();
  const interruption = new AbortController();
  const left = [...script];
  const transformer: Transformer = {
    run: async () => {
      const next = left.shift();
      if (next === undefined) interruption.abort();
      if (next === undefined || next instanceof Failure) throw next ?? new Error('interrupted');
      return Promise.resolve(next);
    },
    close: async () => Promise.resolve(),
  };
  const context = { env: {}, terminal, contracts: STREAMS, signal: interruption.signal };
  await watchTransform(transformer, { watch: 0.001, json }, context);
  return terminal;
}

describe('das transform --watch', () => {
  it('prints what was published, and once that nothing is new', async () => {
    const { out, lines } = await watch([PUBLISHED, UNCHANGED, UNCHANGED, PUBLISHED]);
    const line = 'published 20261125T000000000Z: 1 models, 1,200 rows, 2 tests passed, 4.3 s\n';
    expect(out).toBe(line + line);
    expect(lines.slice(1)).toEqual(['nothing is new: 20261125T000000000Z stays']);
  });

  it('goes on after failures, counts them, and tells the same reason once', async () => {
    const { lines } = await watch([failed(), failed(), PUBLISHED, failed()]);
    const reason = 't (models/t.sql): a key is there twice: ID (look)';
    const line = "das: build_failed: the build failed at t (dbt's own words: dbt.log)";
    expect(lines.slice(1)).toEqual([
      reason,
      `${line}: once; what was published stays`,
      `${line}: 2 times in a row; what was published stays`,
      'green again after 2 times in a row',
      reason,
      `${line}: once; what was published stays`,
    ]);
  });

  it('prints one JSON object for each run', async () => {
    const { out } = await watch([PUBLISHED, UNCHANGED, failed()], true);
    const runs = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { state: string });
    expect(runs.map(({ state }) => state)).toEqual(['published', 'unchanged', 'failed']);
  });
});
