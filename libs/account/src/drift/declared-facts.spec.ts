import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import { appliedStatements, readGrants, readTable } from '@das/governance';
import { loadAccount } from '../declaration';
import { declareAccount } from '../declared-account';
import { declaredFacts } from './declared-facts';
import type { FactOf } from './facts';
import type { FoundTable } from './found-tables';

const ROOT = join(__dirname, '../../../..');
const folder = join(ROOT, 'contracts');
const filesOf = (tree: string, end: string): readonly string[] =>
  readdirSync(join(ROOT, tree), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .sort()
    .map((name) => join(ROOT, tree, name));
const account = declareAccount(
  loadContracts(filesOf('contracts', '.odcs.yaml')),
  loadAccess(folder),
  loadAccount(folder),
);

/** What BRONZE's DDL and dbt create, whoever else says what is declared. */
const rendered = ['dbt/rendered', 'sql/bronze', 'sql/ops']
  .flatMap((folder) => filesOf(folder, '.sql'))
  // What dbt makes in OPS is in no contract.
  .filter((file) => !/rendered.*\/ops\//.test(file))
  .map((file) => readTable(readFileSync(file, 'utf8')));
const found = rendered.map(({ name, shows }): FoundTable => ({
  name,
  kind: shows === undefined ? 'TABLE' : 'VIEW',
}));
const facts = declaredFacts(account, 'production', found);
const protections = facts.filter((fact): fact is FactOf<'protection'> => fact.is === 'protection');

describe('what drift expects of a table', () => {
  it.each(rendered.map((table) => [table.name, table] as const))('is what is sent for %s', (name, table) => {
    const masks = protections.filter(({ table: of, kind }) => of === name && kind === 'MASKING POLICY');
    const columns = [...table.columns].flatMap(([column, { policy }]) =>
      policy === undefined ? [] : [`${column} ${policy}`],
    );
    expect(masks.map((fact) => `${fact.columns.join()} ${fact.policy}`).sort()).toEqual(columns.sort());

    const rows = protections.find(({ table: of, kind }) => of === name && kind === 'ROW ACCESS POLICY');
    expect(rows && { policy: rows.policy, columns: rows.columns }).toEqual(table.rowAccess);

    const tags = facts.flatMap((fact) =>
      fact.is === 'tag' && fact.object === name && fact.column !== undefined
        ? [`${fact.column} ${fact.tag.split('.')[2] ?? ''} ${fact.value}`]
        : [],
    );
    const sent = [...table.columns].flatMap(([column, { tags: of }]) =>
      [...of].map(([tag, value]) => `${column} ${tag} ${value}`),
    );
    expect(tags.sort()).toEqual(sent.sort());
  });
});

describe('what drift expects of grants', () => {
  const grants = readGrants(appliedStatements(join(ROOT, 'sql')));

  it('is what the scripts grant, roles to roles', () => {
    const sent = [...grants.roles].flatMap(([to, held]) => [...held].map((role) => `${role} ${to}`));
    const held = facts.flatMap((fact) =>
      fact.is === 'held' && fact.to.type !== 'USER' ? [`${fact.role} ${fact.to.name}`] : [],
    );
    expect(held.sort()).toEqual(sent.sort());
  });

  it('is what the scripts let tiers read, of what is there and of what comes', () => {
    const sent = [...grants.reads].flatMap(([to, read]) =>
      [...read].filter((name) => name.endsWith('.*')).map((name) => `${name.slice(0, -2)} ${to}`),
    );
    const future = facts.flatMap((fact) => (fact.is === 'future' ? [`${fact.schema} ${fact.to.name}`] : []));
    expect([...new Set(future)].sort()).toEqual(sent.sort());
  });
});
