import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../testing/world';
import { addOwners } from './code-owners';

const ours = readFileSync(join(ROOT, 'CODEOWNERS'), 'utf8');

/** As the last line says that matches. */
function ownersOf(text: string, path: string): string | undefined {
  const rules = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => /^(\S+)\s+(.*)$/.exec(line)?.slice(1) ?? []);
  return rules.findLast(([pattern = '']) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}`).test(path),
  )?.[1];
}

describe('who reviews', () => {
  const text = addOwners(ours, ['/contracts/brook_parcels/', '/apps/parcels-collector/'], '@brook/parcels');

  it.each(['brook_parcels', 'brook_logistics', 'brook_health'])(
    'what protects people’s data in %s is security, whoever owns the rest',
    (domain) => {
      for (const folder of ['approvals', 'expectations'])
        expect(ownersOf(text, `/contracts/${domain}/${folder}/any.yaml`)).toContain('@brook/security');
    },
  );

  it('the rest of what is new is its owner, once', () => {
    for (const path of ['/contracts/brook_parcels/parcels.odcs.yaml', '/apps/parcels-collector/src/main.ts'])
      expect(ownersOf(text, path)).toBe('@brook/parcels');
    expect(addOwners(text, ['/contracts/brook_parcels/'], '@brook/others')).toBe(text);
  });
});
