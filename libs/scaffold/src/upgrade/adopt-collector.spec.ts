import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Draft } from '../draft';
import { newCollector } from '../make/new-collector';
import { newDomain } from '../make/new-domain';
import { SOURCE_KINDS } from '../names';
import { NEEDED, ROOT, World } from '../testing/world';
import { adoptCollector } from './adopt-collector';
import { findForks } from './forks';

describe('a collector that does not say what it was made from', () => {
  const world = new World(ROOT, NEEDED);
  afterAll(() => {
    world.remove();
  });

  it.each(SOURCE_KINDS)('gets the record that it was made with: %s', (source) => {
    if (source === 'kafka') world.draft((draft) => newDomain(draft, { name: 'brook_specimen' }));
    const { app } = world.draft((draft) =>
      newCollector(draft, { stream: `${source}_boxes`, domain: 'brook_specimen', source }),
    );
    const record = `apps/${app}/.template.json`;
    const before = world.read(record);
    for (const file of [record, `apps/${app}/README.md`]) rmSync(join(world.root, file));
    world.edit(`apps/${app}/src/main.ts`, (text) => `// ours\n${text}`);
    const added = world.draft((draft) => {
      adoptCollector(draft, app);
      return draft.changes();
    });
    expect(added).toEqual([
      { path: record, change: 'new' },
      { path: `apps/${app}/README.md`, change: 'new' },
    ]);
    expect(world.read(record)).toBe(before);
    expect(findForks(new Draft(world.root)).forks.find((fork) => fork.app === app)?.behind).toEqual([]);
  });

  it('is refused where it has one, is none, or nobody knows its stream', () => {
    const draft = new Draft(world.root);
    expect(() => {
      adoptCollector(draft, 'kafka-boxes-events-collector');
    }).toThrow('.template.json is there already');
    expect(() => {
      adoptCollector(draft, 'nobody-collector');
    }).toThrow('apps/nobody-collector is no collector');
    world.write('apps/lost-events-collector/package.json', '{}');
    expect(() => {
      adoptCollector(draft, 'lost-events-collector');
    }).toThrow('no domain has a contract lost_events_v1.odcs.yaml');
  });
});
