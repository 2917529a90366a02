/** A policy of a domain, as both targets have it. */
export interface Policy {
  readonly type: 'masking' | 'row access';
  /** Upper case, unique in the domain's OPS schema. */
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly PolicyArgument[];
  /** Snowflake's type of what a masking policy shows; BOOLEAN of a row access policy. */
  readonly returns: string;
  /** An expression over the arguments, quoted; `{{ environment }}` is filled in by who deploys it. */
  readonly body: BodyByDialect;
}

/** A policy that has no arguments: it says what may be done with a column or a table, and not what is seen of it. */
export interface ConstraintPolicy {
  readonly type: 'projection' | 'aggregation';
  readonly name: string;
  readonly description: string;
  /** DuckDB has nothing like it: there, whether it does not hold. Where it holds, the column or table is not shown at all. */
  readonly body: BodyByDialect;
}

/** What the policy is called that a contract's `das.projection` or `das.aggregation` names. */
export function constraintName(type: ConstraintPolicy['type'], name: string): string {
  return `${type === 'projection' ? 'PROJECT' : 'AGGREGATE'}_${name.toUpperCase()}`;
}

export interface PolicyArgument {
  readonly name: string;
  /** Snowflake's, without a length. */
  readonly type: string;
}

export type Dialect = 'snowflake' | 'duckdb';
export type BodyByDialect = Readonly<Record<Dialect, string>>;

/** Where the policies of a domain are: a database, in whose OPS schema they stand. */
export interface DomainPolicies {
  readonly domain: string;
  readonly database: string;
  readonly policies: readonly Policy[];
  readonly constraints: readonly ConstraintPolicy[];
  readonly mappings: readonly MappingTable[];
}

/** A table that a row access policy looks into. */
export interface MappingTable {
  readonly name: string;
  readonly description: string;
  readonly columns: Readonly<Record<string, string>>;
  /** From roles.yaml or from contracts, in the order of the columns; undefined: people or applications keep them. */
  readonly rows?: readonly (readonly string[])[] | undefined;
  /** Who says so, as rows that are declared tell it. */
  readonly addedBy: 'roles.yaml' | 'contracts';
}

/** Nobody sees personal data in clear where this is not the environment. */
export const PRODUCTION = 'production';
/** What schemachange, or a test, puts in its place. */
export const ENVIRONMENT = "'{{ environment }}'";

export function inEnvironment(sql: string, environment: string): string {
  return sql.replaceAll('{{ environment }}', environment);
}
