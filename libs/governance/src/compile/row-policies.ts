import { shareRegions, type AccessBook, type DeclaredShare, type GovernedTable } from '@das/contracts';
import { seeEverything } from './masking-policies';
import type { Dialect, MappingTable, Policy } from './policy';
import { fill, identifier, isRole, qualified } from './sql-text';

/** One policy for each name that a contract of the domain gives in das.rowAccess. */
export function rowPolicies(access: AccessBook, tables: readonly GovernedTable[]): readonly Policy[] {
  const names = new Set(tables.flatMap(({ rowAccess }) => (rowAccess ? [rowAccess.policy] : [])));
  const database = tables[0]?.database ?? '';
  return [...names].sort().map((name) => rowPolicy(name, access, database));
}

/** The mapping tables that the domain's policies look into. @param shares - of the domain */
export function mappingTables(
  access: AccessBook,
  tables: readonly GovernedTable[],
  shares: readonly DeclaredShare[],
): readonly MappingTable[] {
  const policies = new Set(tables.flatMap(({ rowAccess }) => (rowAccess ? [rowAccess.policy] : [])));
  const names = new Set([...policies].flatMap((name) => access.rowAccess.policies[name]?.mapping ?? []));
  return [...names].sort().flatMap((name) => {
    const mapping = access.rowAccess.mappings[name];
    if (mapping === undefined) return [];
    const { description, columns, from } = mapping;
    return [
      {
        name,
        description,
        columns,
        rows: from && (from === 'shares' ? shareRegions(shares) : rowsFrom(access, from)),
        addedBy: from === 'shares' ? 'contracts' : 'roles.yaml',
      },
    ];
  });
}

/** A role and what it was given, in the order of roles.yaml. */
function rowsFrom({ roles }: AccessBook, from: 'regions' | 'purposes'): readonly (readonly string[])[] {
  return Object.entries(roles).flatMap(([role, node]) => node[from].map((given) => [role, given]));
}

function rowPolicy(name: string, access: AccessBook, database: string): Policy {
  const template = access.rowAccess.policies[name];
  if (template === undefined) throw new Error(`no row access policy is called ${name}`);
  const args = Object.entries(template.arguments).map(([argument, type]) => ({
    name: `OF_ROW_${argument.toUpperCase()}`,
    type,
  }));
  const bodyOf = (dialect: Dialect): string => {
    const { condition } = template;
    const values = Object.fromEntries([
      ...Object.keys(template.arguments).map((argument) => [
        argument,
        identifier(`OF_ROW_${argument.toUpperCase()}`),
      ]),
      // Locally they are common table expressions of the view.
      ...template.mapping.map((table) => [
        table,
        dialect === 'snowflake' ? qualified(database, 'OPS', table) : identifier(table),
      ]),
    ]) as Record<string, string>;
    const sql = fill(typeof condition === 'string' ? condition : condition[dialect], values);
    return [...seeEverything(access).map(isRole), sql].map((part) => `(${part})`).join(' or ');
  };
  return {
    type: 'row access',
    name: `ROWS_BY_${name.toUpperCase()}`,
    description: template.description,
    arguments: args,
    returns: 'BOOLEAN',
    body: { snowflake: bodyOf('snowflake'), duckdb: bodyOf('duckdb') },
  };
}
