import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const { forbidden } = createRequire(__filename)('../../.dependency-cruiser.cjs') as {
  forbidden: readonly { readonly name: string }[];
};

/** A tree in small: what each file imports, and the rule that must object (none: it is allowed). */
const IMPORTS: readonly (readonly [file: string, imported: string, rule?: string])[] = [
  ['apps/a/src/main.ts', '../../../libs/one/src/index'],
  ['apps/a/src/main.ts', '@nestjs/common'],
  ['apps/a/src/deep.ts', '../../../libs/one/src/inside', 'one-door-per-lib'],
  ['test/deep.ts', '../libs/one/src/inside', 'one-door-per-lib'],
  ['apps/a/src/other.ts', '../../b/src/main', 'apps-know-no-other-app'],
  ['apps/a/src/fakes.ts', '../../../libs/testing/src/index', 'the-product-does-not-use-its-tests'],
  ['apps/a/src/fakes.spec.ts', '../../../libs/testing/src/index'],
  ['apps/a/src/lost.ts', './nowhere', 'no-unresolvable'],
  ['libs/one/src/index.ts', './inside'],
  ['libs/one/src/deep.ts', '../../two/src/inside', 'one-door-between-libs'],
  ['libs/one/src/upward.ts', '../../../apps/b/src/main', 'libs-know-no-apps'],
  ['libs/one/src/nest.ts', '@nestjs/common', 'nest-at-the-rim'],
  ['libs/collector/src/nest.ts', '@nestjs/common'],
  ['libs/contracts/src/needy.ts', '../../one/src/index', 'contracts-depend-on-nothing'],
  ['libs/pipeline/src/reads.ts', 'node:fs', 'the-core-is-pure'],
  ['libs/pipeline/src/hashes.ts', 'node:crypto'],
  ['libs/pipeline/src/hashes.spec.ts', 'node:fs'],
  // A ring is reported once.
  ['libs/two/src/ring.ts', './ring-back'],
  ['libs/two/src/ring-back.ts', './ring', 'no-cycles'],
];
const EMPTY = [
  'apps/b/src/main.ts',
  'libs/one/src/inside.ts',
  'libs/two/src/inside.ts',
  'libs/testing/src/index.ts',
  'node_modules/@nestjs/common/index.js',
];

interface Cruised {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

describe('the boundary rules', () => {
  let violations: readonly string[];

  beforeAll(() => {
    const tree = realpathSync(mkdtempSync(join(tmpdir(), 'das-boundaries-')));
    try {
      violations = cruise(tree);
    } finally {
      rmSync(tree, { recursive: true });
    }
  });

  it('object to what they forbid, and to nothing else', () => {
    const wanted = IMPORTS.flatMap(([file, , rule]) => (rule === undefined ? [] : [`${file}: ${rule}`]));
    expect(violations).toEqual(wanted.sort());
  });

  it('each have an example above', () => {
    const shown = new Set(IMPORTS.map(([, , rule]) => rule));
    expect(forbidden.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });
});

function cruise(tree: string): readonly string[] {
  const texts = new Map(EMPTY.map((file) => [file, 'export {};\n']));
  for (const [file, imported] of IMPORTS) {
    texts.set(file, `${texts.get(file) ?? ''}import '${imported}';\n`);
  }
  texts.set('tsconfig.json', '{}');
  texts.set('node_modules/@nestjs/common/package.json', '{"name":"@nestjs/common","main":"index.js"}');
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  const args = [
    '--config',
    join(ROOT, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    'apps',
    'libs',
    'test',
  ];
  const output = cruiseOutput(args, tree);
  const { summary } = JSON.parse(output) as Cruised;
  return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort();
}

/** The exit code is the number of violations, which is no fault here. */
function cruiseOutput(args: readonly string[], cwd: string): string {
  try {
    return execFileSync(join(ROOT, 'node_modules/.bin/depcruise'), args, { cwd, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
