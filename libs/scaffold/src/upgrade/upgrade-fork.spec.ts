import { Random } from '@das/collector-testing';
import { Draft } from '../draft';
import { newCollector } from '../make/new-collector';
import { newDomain } from '../make/new-domain';
import { NEEDED, ROOT, World } from '../testing/world';
import { chosenForks, findForks } from './forks';
import { upgradeFork } from './upgrade-fork';

const FORK = 'apps/letters-events-collector';
const TEMPLATE = 'apps/reference-collector';

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
    made.draft((draft) => newDomain(draft, { name: 'brook_parcels' }));
    made.draft((draft) =>
      newCollector(draft, { stream: 'letters', domain: 'brook_parcels', source: 'kafka' }),
    );
  });
  afterAll(() => {
    made.remove();
  });
  beforeEach(() => {
    world = new World(made.root, [FORK, TEMPLATE]);
  });
  afterEach(() => {
    world.remove();
  });

  it('is not behind what it was just made from, whatever is changed in it', () => {
    world.edit(`${FORK}/src/collector.ts`, (text) => `${text}\n// ours\n`);
    expect(behind(world)).toEqual([]);
    expect(upgrade(world)).toEqual([]);
  });

  it.each(Array.from({ length: 30 }, (_, index) => index))(
    'keeps what was changed in it, and gets what the template changed: edit %i',
    (seed) => {
      const random = new Random(seed);
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
        { file: 'src/collector.spec.ts', marks: random.below(9) },
        { file: 'src/app.module.ts', marks: random.below(4) },
        { file: 'src/main.ts', marks: 0 },
        { file: 'README.md', marks: random.below(3) },
      ]);
      const mark = `ours ${random.uuid()}`;
      world.edit(`${FORK}/${edited.file}`, (text) => {
        const lines = text.split('\n');
        const at = edited.marks;
        // A line is put in, is written over, or goes.
        const how = random.below(3);
        if (how === 0) lines.splice(at, 0, `// ${mark}`);
        else if (how === 1) lines[at] = `// ${mark}`;
        else lines.splice(at, 1);
        return lines.join('\n');
      });
      const before = world.read(`${FORK}/${edited.file}`);
      expect(upgrade(world).map(({ path, outcome }) => [path.slice(FORK.length + 1), outcome])).toEqual([
        ['README.md', 'merged'],
        ['package.json', 'merged'],
        ['src/fresh.ts', 'added'],
        ['src/main.ts', 'merged'],
      ]);
      expect(world.read(`${FORK}/src/main.ts`)).toContain('// From the template.');
      expect(world.read(`${FORK}/package.json`)).toContain('"type": "commonjs"');
      expect(world.read(`${FORK}/README.md`)).toContain('From the template.');
      const after = world.read(`${FORK}/${edited.file}`);
      // Without the template's own line it is what it was before, to the byte.
      expect(after.replace('// From the template.\n', '').replace('\nFrom the template.\n', '')).toBe(before);
      expect(behind(world)).toEqual([]);
    },
  );

  it('marks what both changed, keeps both, and waits for a decision', () => {
    world.edit(`${TEMPLATE}/src/collector.ts`, (text) => text.replace("name: 'ref", "name: 'new-ref"));
    world.edit(`${FORK}/src/collector.ts`, (text) => text.replace("name: 'let", "name: 'our-let"));
    expect(upgrade(world)).toEqual([{ path: `${FORK}/src/collector.ts`, outcome: 'conflict' }]);
    const marked = world.read(`${FORK}/src/collector.ts`);
    expect(marked).toMatch(
      /<<<<<<< yours\n.*our-letters[^]*\|\|\|\|\|\|\| base\n.*'letters[^]*=======\n.*new-letters[^]*>>>>>>> template/,
    );
    world.edit(`${TEMPLATE}/src/collector.ts`, (text) => `${text}\n`);
    expect(() => upgrade(world)).toThrow('has a conflict of an earlier upgrade: decide it first');
  });

  it('says which collectors were not made from it, and which there are', () => {
    world.write('apps/old-events-collector/package.json', '{}');
    const fleet = findForks(new Draft(world.root));
    expect(fleet.strangers).toEqual(['old-events-collector']);
    expect(() => chosenForks(fleet, ['old-events-collector'])).toThrow('was not made from the template');
    expect(() => chosenForks(fleet, ['nobody'])).toThrow('letters-events-collector exist');
  });
});
