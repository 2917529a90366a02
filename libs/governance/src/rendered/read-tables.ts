import { bracketed, plainName, statementsOf, withoutComments } from './statements';

/** What a column's definition attaches to it. */
export interface RenderedColumn {
  readonly policy?: string | undefined;
  readonly projection?: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
}

/** What the statements that deploy a table attach to it. */
export interface RenderedTable {
  /** `DB.SCHEMA.NAME` */
  readonly name: string;
  /** Of a view: the table that it shows. */
  readonly shows?: string | undefined;
  /** In their order; a column without a policy has undefined. */
  readonly columns: ReadonlyMap<string, RenderedColumn>;
  readonly rowAccess?: { readonly policy: string; readonly columns: readonly string[] } | undefined;
  /** The policy that lets it be seen in groups alone. */
  readonly aggregation?: string | undefined;
}

const NAME = '"(\\w+)"\\."(\\w+)"\\."(\\w+)"';

/** The statement of a file that creates its table or view: what stands in its bracket, and what follows. */
export interface CreateStatement {
  /** `DB.SCHEMA.NAME` */
  readonly name: string;
  readonly isView: boolean;
  /** A column each, with what is attached to it; without what comments say. */
  readonly definitions: readonly string[];
  /** What stands between the columns and the query. */
  readonly options: string;
  /** The options and the query. */
  readonly rest: string;
}

/** @param sql - a file of `dbt/rendered`, or of BRONZE's DDL. @throws Error for one that creates nothing with columns */
export function createStatement(sql: string): CreateStatement {
  const create = statementsOf(sql)
    .map(withoutComments)
    .find((text) =>
      new RegExp(
        `^create (or replace )?(dynamic table|secure view|table)( if not exists)? ${NAME} \\(`,
        'i',
      ).test(text),
    );
  if (create === undefined) throw new Error('creates no table and no view with its columns');
  const { parts, rest } = bracketed(create);
  return {
    name: plainName(new RegExp(NAME).exec(create)?.[0] ?? ''),
    isView: /^create or replace secure view/i.test(create),
    definitions: parts,
    options: rest.split(/ as (?=with|select|\()/i)[0] ?? '',
    rest,
  };
}

/** Reads a file of `dbt/rendered`, or of BRONZE's DDL: its CREATE statement. @throws Error for one that has none */
export function readTable(sql: string): RenderedTable {
  const { name, isView, definitions, options, rest } = createStatement(sql);
  const [, policy, given = ''] =
    new RegExp(`WITH ROW ACCESS POLICY (${NAME}) ON \\(([^)]*)\\)`).exec(options)?.filter(isWanted) ?? [];
  const source = isView ? new RegExp(`\\bfrom (${NAME})`, 'i').exec(rest)?.[1] : undefined;
  return {
    name,
    shows: source && plainName(source),
    columns: new Map(definitions.map(column)),
    rowAccess:
      policy === undefined
        ? undefined
        : { policy: plainName(policy), columns: given.split(', ').map(plainName) },
    aggregation: attached('AGGREGATION', options),
  };
}

/** Of the whole match, the name and its three parts, and the columns: all but the parts. */
function isWanted(_: string, index: number): boolean {
  return index < 2 || index > 4;
}

/** The policy of a type that a clause attaches. */
function attached(type: string, clauses: string): string | undefined {
  const policy = new RegExp(`WITH ${type} POLICY (${NAME})`).exec(clauses)?.[1];
  return policy && plainName(policy);
}

function column(definition: string): readonly [string, RenderedColumn] {
  const [, name = ''] = /^"(\w+)"/.exec(definition) ?? [];
  const tags = [...definition.matchAll(new RegExp(`${NAME} = '([^']*)'`, 'g'))].map(
    ([, , , tag = '', value = '']) => [tag, value] as const,
  );
  return [
    name,
    {
      policy: attached('MASKING', definition),
      projection: attached('PROJECTION', definition),
      tags: new Map(tags),
    },
  ];
}
