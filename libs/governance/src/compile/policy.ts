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
  readonly mappings: readonly MappingTable[];
}

/** A table that a row access policy looks into. */
export interface MappingTable {
  readonly name: string;
  readonly description: string;
  readonly columns: Readonly<Record<string, string>>;
  /** From roles.yaml, in the order of the columns; undefined: people or applications keep them. */
  readonly rows?: readonly (readonly string[])[] | undefined;
}

/** Nobody sees personal data in clear where this is not the environment. */
export const PRODUCTION = 'production';
/** What schemachange, or a test, puts in its place. */
export const ENVIRONMENT = "'{{ environment }}'";

export function inEnvironment(sql: string, environment: string): string {
  return sql.replaceAll('{{ environment }}', environment);
}
