import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths, report, UserError } from './console.mjs';
import { bin, run } from './run.mjs';
import { hashOf, unlessDone } from './stamp.mjs';

/** What every app is bundled from, besides its own folder. */
const SHARED = ['libs', 'contracts', 'package-lock.json', 'tsconfig.json', 'webpack.config.cjs'];
/** What no bundle has in it: a new domain or stream is no reason to bundle again until code is generated from it. */
const NOT_BUNDLED = /\.(spec\.ts|ya?ml|md|snap)$|^contracts\/[^/]+\/package\.json$/;

/** Bundles every app that nest-cli.json names, or those alone that are asked for, unless nothing changed. */
export async function build({ always = false, only } = {}) {
  const { projects, ...settings } = JSON.parse(readFileSync(join(paths.root, 'nest-cli.json'), 'utf8'));
  const isBundled = (name) => !NOT_BUNDLED.test(name);
  const shared = hashOf(SHARED, isBundled) + JSON.stringify(settings);
  for (const app of only ?? Object.keys(projects))
    await unlessDone({
      stamp: `dist/apps/${app}.sha256`,
      hash: `${shared} ${hashOf([`apps/${app}`], isBundled)} ${JSON.stringify(projects[app])}`,
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
