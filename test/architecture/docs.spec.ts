import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

describe('the documents', () => {
  it.each(PAGES)('%s links to what exists', (page) => {
    const links = matches(read(page), /\]\(([^)#]+)(?:#[^)]*)?\)/g).filter((link) => !link.includes('://'));
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
  });

  it('list every setting of a collector, and no other', () => {
    const sources = readdirSync(join(ROOT, 'libs/collector/src/sources')).map((name) => `sources/${name}`);
    const settings = ['config.ts', ...sources].flatMap((file) =>
      matches(read(`libs/collector/src/${file}`), /^ {2,4}([A-Z][A-Z\d]*_[A-Z_]+|HOST|PORT): /gm),
    );
    const [, table = ''] = read('README.md').split(/## Settings of .*/);
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const listed = rows.flatMap((row) => matches(row.split('|')[1] ?? '', /`([A-Z\d_]+)`/g));
    expect(listed.sort()).toEqual(settings.sort());
  });

  it('have the runbook that a failure points to', () => {
    const sources = readdirSync(join(ROOT, 'libs'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\/src\/[^/]+\.ts$/.test(name) && !name.includes('node_modules'),
    );
    const pages = sources.flatMap((name) =>
      matches(read(join('libs', name)), /\((docs\/runbooks\/[a-z-]+\.md)\)/g),
    );
    expect(pages).toEqual(expect.arrayContaining(['docs/runbooks/fuse-blown.md']));
    expect(pages.filter((page) => !existsSync(join(ROOT, page)))).toEqual([]);
  });
});
