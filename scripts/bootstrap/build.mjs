import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths, report, UserError } from './console.mjs';
import { bin, run } from './run.mjs';
import { unlessDone } from './stamp.mjs';

const INPUT = [
  'apps',
  'libs',
  'contracts',
  'package-lock.json',
  'tsconfig.json',
  'nest-cli.json',
  'webpack.config.cjs',
];

/** Bundles every app that nest-cli.json names, unless nothing changed. */
export async function build({ always = false } = {}) {
  const apps = Object.keys(JSON.parse(readFileSync(join(paths.root, 'nest-cli.json'), 'utf8')).projects);
  await unlessDone({
    stamp: 'dist/build.sha256',
    input: INPUT,
    result: `dist/apps/${apps.at(-1)}/main.js`,
    always,
    step: async () => {
      for (const app of apps) await buildApp(app);
    },
  });
}

async function buildApp(app) {
  const startedMs = Date.now();
  const { code, output } = await run(bin('nest'), ['build', app], { capture: true });
  report(code === 0, `build ${app}`, startedMs);
  if (code !== 0) throw new UserError(output.trim());
}
