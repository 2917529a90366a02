import {
  governedTables,
  maskPolicyName,
  type AccessBook,
  type GovernedTable,
  type OdcsDocument,
  type SecuredView,
} from '@das/contracts';
import { compilePolicies } from '../compile/compile-policies';
import {
  inEnvironment,
  PRODUCTION,
  type DomainPolicies,
  type MappingTable,
  type Policy,
} from '../compile/policy';
import { duckLiteral, identifier } from '../compile/sql-text';

/** One view for each table of GOLD that the contracts promise to somebody. */
export function securedViews(documents: readonly OdcsDocument[], access: AccessBook): readonly SecuredView[] {
  const domains = compilePolicies(documents, access);
  return governedTables(documents)
    .filter(({ tier, isInternal }) => tier === 'GOLD' && !isInternal)
    .flatMap((table) => {
      const domain = domains.find((other) => other.domain === table.domain);
      return domain === undefined ? [] : [securedView(table, domain)];
    });
}

function securedView(table: GovernedTable, domain: DomainPolicies): SecuredView {
  return {
    database: table.database,
    schema: table.tier,
    name: table.name,
    readers: table.readers,
    select: inEnvironment(securedSelect(table, domain), PRODUCTION),
  };
}

/** The rows and columns that the session's role sees of `{{ base }}`; the environment is not filled in. */
export function securedSelect(table: GovernedTable, domain: DomainPolicies): string {
  const policyOf = (name: string): Policy => {
    const found = domain.policies.find((policy) => policy.name === name);
    if (found === undefined) throw new Error(`${domain.domain} has no policy ${name}`);
    return found;
  };
  const columns = table.columns.map((column) => {
    const name = identifier(column.name);
    if (column.mask === undefined) return `  ${name}`;
    const policy = policyOf(`MASK_${maskPolicyName(column.mask.kind, column.type).toUpperCase()}`);
    return `  ${indented(applied(policy, [column.name]))} as ${name}`;
  });
  const { rowAccess } = table;
  const rows = rowAccess && policyOf(`ROWS_BY_${rowAccess.policy.toUpperCase()}`);
  const mappings = domain.mappings.filter(
    ({ name }) => rows?.body.duckdb.includes(identifier(name)) === true,
  );
  return [
    ...(mappings.length === 0 ? [] : [`with ${mappings.map(mappingTable).join(', ')}`]),
    'select',
    columns.join(',\n'),
    // By its alias: a mapping table may have a column of the same name, which would be meant in its place.
    'from {{ base }} as of_row',
    ...(rows === undefined ? [] : [`where ${applied(rows, rowAccess?.columns ?? [])}`]),
  ].join('\n');
}

/** A policy's body, over columns in place of its arguments. */
function applied(policy: Policy, columns: readonly string[]): string {
  return policy.arguments.reduce(
    (sql, { name }, index) => sql.replaceAll(identifier(name), `of_row.${identifier(columns[index] ?? '')}`),
    policy.body.duckdb,
  );
}

function mappingTable({ name, columns, rows = [] }: MappingTable): string {
  const names = Object.keys(columns).map(identifier);
  const none = `select ${names.map((column) => `null::varchar as ${column}`).join(', ')} where false`;
  const values = rows.map((row) => `(${row.map(duckLiteral).join(', ')})`).join(', ');
  return `${identifier(name)} as (${rows.length === 0 ? none : `select * from (values ${values}) as declared(${names.join(', ')})`})`;
}

function indented(sql: string): string {
  return sql.replaceAll('\n', '\n  ');
}
