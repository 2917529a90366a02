import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths, report, UserError } from './console.mjs';
import { bin, run } from './run.mjs';
import { hashOf, unlessDone } from './stamp.mjs';

const INPUT = [
  'apps',
  'libs',
  'contracts',
  'package-lock.json',
  'tsconfig.json',
  'nest-cli.json',
  'webpack.config.cjs',
];

/** Bundles every app that nest-cli.json names, or those alone that are asked for, unless nothing changed. */
export async function build({ always = false, only } = {}) {
  const { projects } = JSON.parse(readFileSync(join(paths.root, 'nest-cli.json'), 'utf8'));
  const hash = hashOf(INPUT);
  for (const app of only ?? Object.keys(projects))
    await unlessDone({
      stamp: `dist/apps/${app}.sha256`,
      hash,
      result: `dist/apps/${app}/main.js`,
      always,
      step: () => buildApp(app),
    });
}

async function buildApp(app) {
  const startedMs = Date.now();
  const { code, output } = await run(bin('nest'), ['build', app], { capture: true });
  report(code === 0, `build ${app}`, startedMs);
  if (code !== 0) throw new UserError(output.trim());
}
