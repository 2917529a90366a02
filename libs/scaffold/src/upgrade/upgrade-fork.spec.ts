import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@das/collector-testing';
import { Draft } from '../draft';
import { newCollector } from '../make/new-collector';
import { newDomain } from '../make/new-domain';
import { NEEDED, ROOT, World } from '../testing/world';
import { chosenForks, findForks } from './forks';
import { upgradeFork } from './upgrade-fork';

const FORK = 'apps/letters-events-collector';
const KINESIS_FORK = 'apps/boxes-events-collector';
const S3_FORK = 'apps/deliveries-files-collector';
const TEMPLATE = 'apps/reference-collector';
/** What of it is a fork's. */
const APP = ['src', 'README.md', 'package.json', 'tsconfig.app.json'].map((path) => `${TEMPLATE}/${path}`);

function behind({ root }: World): readonly string[] {
  return findForks(new Draft(root)).forks.flatMap((fork) => fork.behind);
}

function upgrade(world: World) {
  return world.draft((draft) =>
    chosenForks(findForks(draft), []).flatMap((fork) => upgradeFork(draft, fork)),
  );
}

describe('a fork of the reference', () => {
  const made = new World(ROOT, NEEDED);
  let world: World;
  beforeAll(() => {
    made.draft((draft) => newDomain(draft, { name: 'brook_specimen' }));
    for (const [stream, source] of [
      ['letters', 'kafka'],
      ['boxes', 'kinesis'],
      ['deliveries', 's3'],
    ] as const)
      made.draft((draft) => newCollector(draft, { stream, domain: 'brook_specimen', source }));
  });
  afterAll(() => {
    made.remove();
  });
  const useFork = (fork: string): void => {
    if (fork === FORK) return;
    world.remove();
    world = new World(made.root, [fork, ...APP]);
  };
  beforeEach(() => {
    world = new World(made.root, [FORK, ...APP]);
  });
  afterEach(() => {
    world.remove();
  });

  it('is not behind what it was just made from, whatever is changed in it', () => {
    world.edit(`${FORK}/src/collector.ts`, (text) => `${text}\n// ours\n`);
    expect(behind(world)).toEqual([]);
    expect(upgrade(world)).toEqual([]);
  });

  it.each([
    ...Array.from({ length: 30 }, (_, seed) => [FORK, seed] as const),
    ...Array.from({ length: 10 }, (_, seed) => [KINESIS_FORK, 30 + seed] as const),
    ...Array.from({ length: 10 }, (_, seed) => [S3_FORK, 40 + seed] as const),
  ])('keeps what was changed in it, and gets what the template changed: %s, edit %i', (fork, seed) => {
    const random = new Random(seed);
    useFork(fork);
    world.edit(`${TEMPLATE}/src/main.ts`, (text) =>
      text.replace('void run', '// From the template.\nvoid run'),
    );
    world.edit(`${TEMPLATE}/package.json`, (text) =>
      text.replace('"license"', '"type": "commonjs",\n  "license"'),
    );
    world.edit(`${TEMPLATE}/README.md`, (text) => `${text}\nFrom the template.\n`);
    world.write(`${TEMPLATE}/src/fresh.ts`, 'export {};\n');
    const edited = random.pick([
      { file: 'src/collector.ts', marks: random.below(5) },
      { file: 'src/collector.spec.ts', marks: random.below(5) },
      { file: 'src/app.module.ts', marks: random.below(4) },
      { file: 'src/main.ts', marks: 0 },
      { file: 'README.md', marks: random.below(3) },
    ]);
    const mark = `ours ${random.uuid()}`;
    world.edit(`${fork}/${edited.file}`, (text) => {
      const lines = text.split('\n');
      const at = edited.marks;
      // A line is put in, is written over, or goes.
      const how = random.below(3);
      if (how === 0) lines.splice(at, 0, `// ${mark}`);
      else if (how === 1) lines[at] = `// ${mark}`;
      else lines.splice(at, 1);
      return lines.join('\n');
    });
    const before = world.read(`${fork}/${edited.file}`);
    expect(upgrade(world).map(({ path, outcome }) => [path.slice(fork.length + 1), outcome])).toEqual([
      ['README.md', 'merged'],
      ['package.json', 'merged'],
      ['src/fresh.ts', 'added'],
      ['src/main.ts', 'merged'],
    ]);
    expect(world.read(`${fork}/src/main.ts`)).toContain('// From the template.');
    expect(world.read(`${fork}/package.json`)).toContain('"type": "commonjs"');
    expect(world.read(`${fork}/README.md`)).toContain('From the template.');
    const after = world.read(`${fork}/${edited.file}`);
    // Without the template's own line it is what it was before, to the byte.
    expect(after.replace('// From the template.\n', '').replace('\nFrom the template.\n', '')).toBe(before);
    expect(behind(world)).toEqual([]);
  });

  it('marks what both changed, keeps both, and waits for a decision', () => {
    world.edit(`${TEMPLATE}/src/collector.ts`, (text) => text.replace("name: 'ref", "name: 'new-ref"));
    world.edit(`${FORK}/src/collector.ts`, (text) => text.replace("name: 'let", "name: 'our-let"));
    expect(upgrade(world)).toEqual([{ path: `${FORK}/src/collector.ts`, outcome: 'conflict' }]);
    expect(findForks(new Draft(world.root)).forks).toMatchObject([
      { behind: [], undecided: ['src/collector.ts'] },
    ]);
    const marked = world.read(`${FORK}/src/collector.ts`);
    expect(marked).toMatch(
      /<<<<<<< yours\n.*our-letters[^]*\|\|\|\|\|\|\| base\n.*'letters[^]*=======\n.*new-letters[^]*>>>>>>> template/,
    );
    world.edit(`${TEMPLATE}/src/collector.ts`, (text) => `${text}\n`);
    expect(() => upgrade(world)).toThrow('has a conflict of an earlier upgrade: decide it first');
  });

  it('gives up what the template gave up, but not what somebody changed', () => {
    for (const file of ['README.md', 'tsconfig.app.json', 'src/main.ts'])
      rmSync(join(world.root, TEMPLATE, file));
    world.edit(`${FORK}/README.md`, (text) => `${text}ours\n`);
    rmSync(join(world.root, FORK, 'src/main.ts'));
    expect(upgrade(world)).toEqual([
      { path: `${FORK}/README.md`, outcome: 'kept' },
      { path: `${FORK}/src/main.ts`, outcome: 'removed' },
      { path: `${FORK}/tsconfig.app.json`, outcome: 'removed' },
    ]);
    expect(world.read(`${FORK}/README.md`)).toMatch(/ours\n$/);
    expect(existsSync(join(world.root, FORK, 'tsconfig.app.json'))).toBe(false);
    expect(behind(world)).toEqual([]);
  });

  it('calls a file as the template calls it now, with what was changed in it', () => {
    renameSync(
      join(world.root, TEMPLATE, 'src/app.module.ts'),
      join(world.root, TEMPLATE, 'src/root.module.ts'),
    );
    world.edit(`${FORK}/src/app.module.ts`, (text) => `// ours\n${text}`);
    const before = world.read(`${FORK}/src/app.module.ts`);
    expect(upgrade(world)).toEqual([{ path: `${FORK}/src/root.module.ts`, outcome: 'moved' }]);
    expect(world.read(`${FORK}/src/root.module.ts`)).toBe(before);
    expect(existsSync(join(world.root, FORK, 'src/app.module.ts'))).toBe(false);
    expect(behind(world)).toEqual([]);
  });

  it('does not take other line ends for changes, and keeps them', () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    for (const file of ['src/main.ts', 'src/collector.ts', 'README.md']) {
      world.edit(`${TEMPLATE}/${file}`, crlf);
      world.edit(`${FORK}/${file}`, crlf);
    }
    expect(behind(world)).toEqual([]);
    world.edit(`${FORK}/src/main.ts`, (text) => `${text}// ours\r\n`);
    world.edit(`${TEMPLATE}/src/main.ts`, (text) => `// From the template.\r\n${text}`);
    rmSync(join(world.root, TEMPLATE, 'README.md'));
    expect(upgrade(world)).toEqual([
      { path: `${FORK}/README.md`, outcome: 'removed' },
      { path: `${FORK}/src/main.ts`, outcome: 'merged' },
    ]);
    const merged = world.read(`${FORK}/src/main.ts`);
    expect(merged).toMatch(/^\/\/ From the template\.\r\n[^]*\/\/ ours\r\n$/);
    expect(merged).not.toMatch(/[^\r]\n/);
  });

  it('says which collectors were not made from it, how they begin with it, and which there are', () => {
    world.write('apps/old-events-collector/package.json', '{}');
    const fleet = findForks(new Draft(world.root));
    expect(fleet.strangers).toEqual(['old-events-collector']);
    expect(() => chosenForks(fleet, ['old-events-collector'])).toThrow(
      'old-events-collector does not say what it was made from: das collector adopt old-events-collector',
    );
    expect(() => chosenForks(fleet, ['nobody'])).toThrow('letters-events-collector exist');
    world.write(`${FORK}/.template.json`, '{"files": 1}');
    expect(() => findForks(new Draft(world.root))).toThrow(
      `${FORK}/.template.json is no record of a template: take it back from version control, or remove it and das collector adopt`,
    );
  });
});
