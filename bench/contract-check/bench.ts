import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNumbers } from '../read-numbers';
import { say } from '../say';
import { changed, syntheticContracts, writeContracts } from './synthetic-contracts';

const HELP = `How long the gate takes: das contract check on synthetic contracts, of which most have changed, beside the start of
das alone. Whole processes, in turns; the fastest of each.

Usage: npm run bench -- contract-check [--contracts N] [--rounds N] [--json]

Examples:
  npm run bench -- contract-check
  npm run -s bench -- contract-check --contracts 200 --rounds 1 --json > check.json
`;

const CLI = join(__dirname, '..', '..', 'dist', 'apps', 'das-cli', 'main.js');

/** @returns the exit code. @throws UsageError */
export async function contractCheckBench(args: readonly string[], stop: AbortSignal): Promise<number> {
  const options = readNumbers(args, { contracts: 50, rounds: 5 });
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'das-bench-check-'));
  try {
    const contracts = join(folder, 'contracts');
    mkdirSync(contracts);
    const base = syntheticContracts(options.contracts);
    writeContracts(contracts, base);
    commit(folder);
    writeContracts(contracts, changed(base));
    const check: number[] = [];
    const start: number[] = [];
    let findings = 0;
    for (let round = 0; round < options.rounds && !stop.aborted; round++) {
      start.push(timed(['--help']).seconds);
      const { seconds, output } = timed([
        'contract',
        'check',
        '--base',
        'HEAD',
        '--contracts',
        contracts,
        '--json',
      ]);
      findings = findingsOf(output);
      check.push(seconds);
    }
    const [checkSeconds, startSeconds] = [Math.min(...check), Math.min(...start)];
    say(
      `${base.size} contracts, ${findings} findings: ${checkSeconds.toFixed(2)} s, of which the start ${startSeconds.toFixed(2)} s`,
    );
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ contractCheck: { contracts: base.size, findings, checkSeconds, startSeconds } })}\n`,
      );
    return await Promise.resolve(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function commit(folder: string): void {
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@brook.example', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  };
  git('init');
  git('add', 'contracts');
  git('commit', '-m', 'base');
}

function timed(args: readonly string[]): { readonly seconds: number; readonly output: string } {
  const before = performance.now();
  const { stdout } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { seconds: (performance.now() - before) / 1_000, output: stdout };
}

/** @throws Error where the gate found nothing, and so was not measured, or found a contract unsound */
function findingsOf(output: string): number {
  const { findings, faults } = JSON.parse(output) as {
    readonly findings: object[];
    readonly faults: { rule: string; message: string }[];
  };
  const unsound = faults.find(({ rule }) => rule === 'LINT');
  if (unsound !== undefined) throw new Error(`the synthetic contracts are not sound: ${unsound.message}`);
  if (findings.length === 0) throw new Error('the gate found no change');
  return findings.length;
}
