import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { libsWith, type Lib } from './libs';

const HELP = `Packs libs as npm packages with types: dist/packages/das-<lib>-<version>.tgz. A collector outside of this repository
depends on them (das collector fork).

  npm run pack                                        every lib
  npm run pack -- @das/collector @das/collector-testing    these, and what they need
`;

const ROOT = join(__dirname, '..', '..');
const PACKAGES = join(ROOT, 'dist', 'packages');
const BUILD = join(PACKAGES, '.build');

function main(): void {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const libs = libsWith(ROOT, positionals);
  rmSync(PACKAGES, { recursive: true, force: true });
  mkdirSync(BUILD, { recursive: true });
  compile(libs);
  for (const lib of libs) console.log(pack(lib));
  rmSync(BUILD, { recursive: true });
}

/** One program for all: each source is compiled once, whoever imports it. */
function compile(libs: readonly Lib[]): void {
  const config = join(BUILD, 'tsconfig.json');
  const files = libs.flatMap(({ folder }) => sourcesOf(join(ROOT, 'libs', folder, 'src')));
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    // `npm run verify` looks at types.
    noCheck: true,
    sourceMap: false,
    incremental: false,
    tsBuildInfoFile: null,
    rootDir: ROOT,
    outDir: BUILD,
    // Found from the repository, wherever this file is.
    typeRoots: [join(ROOT, 'node_modules', '@types')],
  };
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions,
      files,
      include: [],
      exclude: [],
    }),
  );
  execFileSync(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', config], { stdio: 'inherit' });
}

/** The door, and what others do not declare of themselves. */
function sourcesOf(folder: string): readonly string[] {
  const declarations = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.d.ts'),
  );
  return ['index.ts', ...declarations].map((name) => join(folder, name));
}

/** @returns the package's file, relative to the repository */
function pack({ folder, manifest }: Lib): string {
  const place = join(BUILD, 'packages', folder);
  cpSync(join(BUILD, 'libs', folder, 'src'), join(place, 'dist'), { recursive: true });
  const { name, version, dependencies = {} } = manifest;
  const published = {
    name,
    version,
    description: (manifest as { readonly description?: string }).description,
    license: 'Apache-2.0',
    main: 'dist/index.js',
    types: 'dist/index.d.ts',
    files: ['dist'],
    engines: { node: '>=20.19' },
    dependencies,
  };
  writeFileSync(join(place, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  const args = ['pack', '--silent', '--pack-destination', PACKAGES];
  const file = execFileSync('npm', args, { cwd: place, encoding: 'utf8' }).trim();
  return join('dist', 'packages', file);
}

try {
  main();
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
}
