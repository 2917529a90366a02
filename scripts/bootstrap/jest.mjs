import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report, say } from './console.mjs';
import { bin, run } from './run.mjs';

/** Runs one jest project. A suite that could not run, and a project without tests, count as one failure. */
export async function runJest(project, args = []) {
  const startedMs = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'das-jest-'));
  const file = join(folder, 'result.json');
  try {
    const { code, output } = await run(
      process.execPath,
      // Suites that fold a hundred thousand rows spend a fifth of their time in collecting garbage otherwise.
      [
        '--max-semi-space-size=64',
        bin('jest'),
        '--selectProjects',
        project,
        '--json',
        `--outputFile=${file}`,
        ...args,
      ],
      { capture: true },
    );
    const counts = countsOf(file, code);
    if (counts.failed > 0) say(output.replace(/^\{"numFailed.*$/m, '').trimEnd());
    report(
      counts.failed === 0,
      `${project} tests: ${counts.passed} passed, ${counts.failed} failed`,
      startedMs,
    );
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countsOf(file, code) {
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
  const passed = result.numPassedTests;
  // A skipped test is one that nobody ran: it must not look like a pass.
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests;
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}
