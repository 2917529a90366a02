import { join } from 'node:path';
import { paths, report, say } from './console.mjs';
import { runJest } from './jest.mjs';
import { bin, run } from './run.mjs';

const CACHE = 'node_modules/.cache/das';

/** Of dbt's Python environment; the others are npm's. */
const SQLFLUFF = join(paths.tools, 'dbt', 'bin', 'sqlfluff');

/** Cheap and telling first; two at a time, which is what a small machine has. */
const STEPS = [
  ['types', 'tsc', ['--noEmit', '-p', '.']],
  [
    'format',
    'prettier',
    ['--check', '--log-level=warn', '--cache', `--cache-location=${CACHE}/prettier`, '.'],
  ],
  [
    'lint',
    'eslint',
    ['--cache', `--cache-location=${CACHE}/eslint`, '--cache-strategy=content', '--max-warnings=0', '.'],
  ],
  [
    'boundaries',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'contracts', 'scripts', 'test'],
  ],
  ['dead code', 'knip', []],
  ['generated code', 'tsx', ['scripts/generate.ts', '--check']],
  ['SQL', SQLFLUFF, ['lint', '--disable-progress-bar', 'dbt/models', 'dbt/tests']],
  // One rule, which generated scripts keep: what does not parse is told besides, whatever the rules are.
  ['SQL of the account', SQLFLUFF, ['lint', '--disable-progress-bar', '--rules=layout.end_of_file', 'sql']],
];

/** @returns {Promise<{passed: number, failed: number}>} steps and unit tests */
export async function verify(args) {
  const startedMs = Date.now();
  const results = { passed: 0, failed: 0 };
  const queue = [...STEPS];
  const worker = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const [name, tool, toolArgs] = step;
      const stepStartedMs = Date.now();
      const { code, output } = await run(tool === SQLFLUFF ? tool : bin(tool), toolArgs, { capture: true });
      if (code !== 0) say(output.trimEnd());
      report(code === 0, name, stepStartedMs);
      results[code === 0 ? 'passed' : 'failed']++;
    }
  };
  await Promise.all([worker(), worker()]);
  const unit = await runJest('unit', ['--maxWorkers=2']);
  const total = { passed: results.passed + unit.passed, failed: results.failed + unit.failed };
  report(total.failed === 0, `verify: ${total.passed} passed, ${total.failed} failed`, startedMs);
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(total)}\n`);
  return total;
}
