import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { paths, report, say, UserError } from './console.mjs';
import { run } from './run.mjs';

const DBT = join(paths.tools, 'dbt', 'bin', 'dbt');
const DEMO = join(paths.root, '.das', 'demo');

/**
 * dbt by hand, in the project, on the folders that `das transform` works in.
 * @returns the exit code
 */
export async function runDbt(args) {
  const { env } = process;
  work(
    env.DAS_LAKE || join(DEMO, 'lake'),
    env.DAS_WORK || join(env.DAS_REFINED || join(DEMO, 'refined'), 'work'),
  );
  return (await run(DBT, args)).code;
}

/** The project's pages, as one file. Made on a lake of its own, empty: nothing that runs is disturbed, no data is read. */
export async function makeDocs() {
  const startedMs = Date.now();
  const scratch = mkdtempSync(join(tmpdir(), 'das-docs-'));
  try {
    process.env.DBT_TARGET_PATH = join(scratch, 'target');
    process.env.DBT_LOG_PATH = join(scratch, 'logs');
    work(join(scratch, 'lake'), join(scratch, 'work'));
    for (const args of [['run'], ['docs', 'generate', '--static']]) {
      const { code, output } = await run(DBT, [...args, '--target', 'local'], { capture: true });
      if (code !== 0) throw new UserError(output.trim());
    }
    const page = join(paths.root, 'dist', 'docs', 'index.html');
    mkdirSync(dirname(page), { recursive: true });
    copyFileSync(join(scratch, 'target', 'static_index.html'), page);
    report(true, 'docs', startedMs);
    say(`open ${page}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * dbt goes to its project's folder, so that no path may be relative. DuckDB makes no folder. What dbt writes besides may
 * quote rows, so it goes where the databases are, and this user alone gets in.
 */
function work(lake, folder) {
  const { env } = process;
  env.DAS_LAKE = resolve(lake);
  env.DAS_WORK = resolve(folder);
  env.DBT_PROJECT_DIR = env.DBT_PROFILES_DIR = join(paths.root, 'dbt');
  env.DBT_TARGET_PATH ||= join(env.DAS_WORK, 'target');
  env.DBT_LOG_PATH ||= join(env.DAS_WORK, 'logs');
  mkdirSync(env.DAS_WORK, { recursive: true });
  chmodSync(env.DAS_WORK, 0o700);
}
