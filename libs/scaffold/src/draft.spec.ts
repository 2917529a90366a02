import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Draft } from './draft';
import { World } from './testing/world';
import { findForks } from './upgrade/forks';

describe('a draft', () => {
  const world = new World('.', []);
  afterAll(() => {
    world.remove();
  });

  it('is written as a whole, or not at all', () => {
    world.write('changed', 'before');
    world.write('removed', 'before');
    world.write('a-file', '');
    const draft = new Draft(world.root);
    draft.edit('changed', () => 'after');
    draft.remove('removed');
    draft.add('new', 'after');
    draft.add('a-file/below', 'after');
    expect(() => {
      draft.write();
    }).toThrow('a-file/below cannot be written (EEXIST): nothing was changed');
    expect([world.read('changed'), world.read('removed')]).toEqual(['before', 'before']);
    expect(existsSync(join(world.root, 'new'))).toBe(false);
  });

  it('of a folder that has no template has no collectors that are up to date', () => {
    expect(() => findForks(new Draft(world.root))).toThrow(/^apps\/reference-collector is not in .*--root$/);
  });
});
