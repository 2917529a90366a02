import {
  governedTables,
  maskPolicyName,
  type AccessBook,
  type GovernedColumn,
  type GovernedTable,
  type OdcsDocument,
  type SecuredView,
} from '@das/contracts';
import { compilePolicies } from '../compile/compile-policies';
import {
  constraintName,
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
  return (
    governedTables(documents)
      // What is seen in groups alone cannot be had here at all: DuckDB does not hold a reader to groups.
      .filter(
        ({ tier, isInternal, aggregation }) => tier === 'GOLD' && !isInternal && aggregation === undefined,
      )
      .flatMap((table) => {
        const domain = domains.find((other) => other.domain === table.domain);
        return domain === undefined ? [] : [securedView(table, domain)];
      })
  );
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
  const masked = ({ name, mask, type }: GovernedColumn): string =>
    mask === undefined
      ? identifier(name)
      : applied(policyOf(`MASK_${maskPolicyName(mask.kind, type).toUpperCase()}`), [name]);
  const columns = table.columns.map((column) => {
    const [name, value] = [identifier(column.name), masked(column)];
    const shown = column.projection === undefined ? value : projected(column.projection, value, domain);
    return shown === name ? `  ${name}` : `  ${indented(shown)} as ${name}`;
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

/** Snowflake refuses to show the column; here it shows nothing. */
function projected(name: string, value: string, { constraints }: DomainPolicies): string {
  const constraint = constraints.find((one) => one.name === constraintName('projection', name));
  if (constraint === undefined) throw new Error(`there is no projection constraint ${name}`);
  return `case when ${constraint.body.duckdb} then ${value} end`;
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
