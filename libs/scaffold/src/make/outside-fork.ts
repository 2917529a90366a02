import type { Draft } from '../draft';
import { ScaffoldError } from '../scaffold-error';
import { readRecord, RECORD_FILE } from '../upgrade/record';

/** What a folder outside needs to build and test itself, at the versions that this repository has. */
const TOOLS = ['typescript', 'jest', 'ts-jest', '@types/jest', '@types/node'];
const PACKAGE = /^das-(.+)-(\d[^-]*)\.tgz$/;

export interface OutsideFork {
  /** Of a collector in this repository, such as `shipments-events-collector`. */
  readonly app: string;
  /** The packed libs, by their file names. */
  readonly packages: readonly string[];
}

/**
 * A collector with its contract as a folder of its own, outside of any repository of ours: its libs are packages in
 * `vendor/`.
 * @param from - this repository; @param to - the folder, which has nothing of it yet
 * @throws ScaffoldError where there is no such collector, or no package
 */
export function forkOutside(from: Draft, to: Draft, { app, packages }: OutsideFork): void {
  const folder = `apps/${app}`;
  if (!from.has(`${folder}/${RECORD_FILE}`))
    throw new ScaffoldError(`${app} is no collector of this repository that was made from the template`);
  const { domain, stream } = readRecord(
    `${folder}/${RECORD_FILE}`,
    from.read(`${folder}/${RECORD_FILE}`),
  ).names;
  const workspace = `@contracts/${domain.domain.replaceAll('_', '-')}`;
  const contracts = `contracts/${domain.domain}`;
  const generated = `${contracts}/generated/${stream.stream}`;
  for (const path of from.files(`${folder}/src`)) {
    const text = from.read(`${folder}/src/${path}`);
    to.add(`src/${path}`, text.replaceAll(`'${workspace}'`, `'../${generated}'`));
  }
  for (const path of [
    `${contracts}/${stream.stream}.odcs.yaml`,
    `${generated}.ts`,
    `${generated}.schema.json`,
  ])
    to.add(path, from.read(path));
  to.add('package.json', manifest(from, folder, packages));
  to.add('tsconfig.json', json(TSCONFIG));
  to.add('tsconfig.jest.json', json(TSCONFIG_JEST));
  to.add('jest.config.cjs', JEST);
  to.add('.gitignore', 'node_modules/\ndist/\n');
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function manifest(from: Draft, folder: string, packages: readonly string[]): string {
  const own = JSON.parse(from.read(`${folder}/package.json`)) as Manifest;
  const { devDependencies: known } = JSON.parse(from.read('package.json')) as Manifest;
  const others = Object.entries(own.dependencies).filter(([name]) => !/^@(das|contracts)\//.test(name));
  const vendored = packages.flatMap((file) => {
    const name = PACKAGE.exec(file)?.[1];
    return name === undefined ? [] : [[`@das/${name}`, `file:vendor/${file}`] as const];
  });
  for (const name of ['@das/collector', '@das/collector-testing'])
    if (!vendored.some(([one]) => one === name))
      throw new ScaffoldError(`${name} is not packed: npm run pack -- @das/collector @das/collector-testing`);
  return json({
    ...own,
    engines: { node: '>=20.19' },
    scripts: { build: 'tsc', test: 'jest', start: 'node --enable-source-maps dist/src/main.js' },
    dependencies: Object.fromEntries([...others, ...vendored]),
    devDependencies: Object.fromEntries(TOOLS.map((name) => [name, known[name]])),
  });
}

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'Node20',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    sourceMap: true,
    rootDir: '.',
    outDir: 'dist',
    types: ['node', 'jest'],
  },
  include: ['src', 'contracts'],
};

const TSCONFIG_JEST = {
  extends: './tsconfig.json',
  compilerOptions: { module: 'CommonJS', moduleResolution: 'Node10', allowJs: true },
};

const JEST = `/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/src', '<rootDir>/contracts'],
  transform: { '^.+\\\\.(ts|js)$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }] },
  // jose is ESM only, and jest 29 cannot require ESM.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
};
`;

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
