import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { paths, report, say, UserError } from './console.mjs';
import { run } from './run.mjs';

const PROJECT = ['--project-dir', 'dbt', '--profiles-dir', 'dbt'];

/**
 * dbt on the lake and the folder of databases that the environment names, or on what the demo leaves.
 * @returns the exit code
 */
export async function runDbt(args) {
  const refined = process.env.DAS_REFINED ?? '.das/demo/refined';
  setFolders(process.env.DAS_LAKE ?? '.das/demo/lake', process.env.DAS_WORK ?? join(refined, 'work'));
  return (await run(program('dbt'), [...args, ...(args.length > 0 ? PROJECT : [])])).code;
}

/** The project's pages, as one file. Made on a lake of its own, empty: nothing that runs is disturbed, no data is read. */
export async function makeDocs() {
  const startedMs = Date.now();
  const scratch = mkdtempSync(join(tmpdir(), 'das-docs-'));
  try {
    setFolders(join(scratch, 'lake'), join(scratch, 'work'));
    const target = [
      '--target-path',
      join(scratch, 'target'),
      '--log-path',
      join(scratch, 'logs'),
      '--target',
      'local',
    ];
    for (const args of [['run'], ['docs', 'generate', '--static']]) {
      const { code, output } = await run(program('dbt'), [...args, ...PROJECT, ...target], { capture: true });
      if (code !== 0) throw new UserError(output.trim());
    }
    const page = join(paths.root, 'dist', 'docs', 'index.html');
    mkdirSync(join(page, '..'), { recursive: true });
    copyFileSync(join(scratch, 'target', 'static_index.html'), page);
    report(true, 'docs', startedMs);
    say(`open ${page}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** dbt goes to its project's folder, so that the paths it is given must not be relative. DuckDB makes no folder. */
function setFolders(lake, work) {
  process.env.DAS_LAKE = resolve(paths.root, lake);
  process.env.DAS_WORK = resolve(paths.root, work);
  mkdirSync(process.env.DAS_WORK, { recursive: true });
}

function program(name) {
  return join(paths.tools, 'dbt', 'bin', name);
}
