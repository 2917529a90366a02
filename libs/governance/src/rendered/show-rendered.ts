import { governedTables, type AccessBook, type GovernedTable, type OdcsDocument } from '@das/contracts';
import { identifier, literal, qualified } from '../compile/sql-text';
import type { Shown } from '../expectations/compare';
import { rowsOf, type MappingRows, type TableExpectations } from '../expectations/expectation-file';
import {
  asJson,
  attachments,
  byAsker,
  inSession,
  isFree,
  ME,
  type Attached,
  type Session,
} from './in-session';
import { literalRows } from './literal-rows';
import { mayRead, type Grants } from './read-grants';
import type { RenderedPolicy } from './read-policies';
import type { RenderedTable } from './read-tables';

/** Asks a SELECT of Snowflake's dialect; every value as text. */
export type Ask = (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

/** What was rendered for Snowflake: policies, what they are attached to, and who may read what. */
export interface Rendered {
  readonly policies: ReadonlyMap<string, RenderedPolicy>;
  /** By `DB.SCHEMA.NAME`. */
  readonly tables: ReadonlyMap<string, RenderedTable>;
  readonly grants: Grants;
}

/**
 * What the rendered policies show of the rows that the expectations name: their bodies are evaluated with Snowflake's session
 * functions set to each role. The mapping tables must be where `ask` is answered.
 */
export async function showRendered(
  {
    documents,
    access,
    expected,
  }: {
    readonly documents: readonly OdcsDocument[];
    readonly access: AccessBook;
    readonly expected: readonly TableExpectations[];
  },
  rendered: Rendered,
  ask: Ask,
): Promise<readonly Shown[]> {
  const tables = governedTables(documents).filter(({ tier }) => tier === 'GOLD');
  const shown: Shown[] = [];
  for (const { table: name, rows, mapping } of expected) {
    const table = tables.find((other) => other.name === name.toUpperCase());
    if (table === undefined) continue;
    const attached = attachments(table, rendered);
    const full = `${table.database}.${table.tier}.${table.name}`;
    const asked = Object.keys(access.roles).flatMap((role) =>
      (['production', 'development'] as const).map((environment) => ({
        role,
        environment,
        account: PROVIDER,
      })),
    );
    const reading = asked.filter(({ role }) => mayRead(rendered.grants, role, full));
    const kept = keptTables(table.database, rowsOf(mapping, ME), access);
    const answers = byAsker(await ask(kept(question(table, rows, attached, reading))));
    const clear = answers.get('clear') ?? new Map<string, Readonly<Record<string, string | null>>>();
    for (const one of asked) {
      const { role, environment } = one;
      const rows = answers.get(keyOf(one)) ?? new Map<string, never>();
      // Whoever is held to groups is refused a row: no row at all is what that looks like here.
      const refused = !reading.includes(one) || (attached.groups !== undefined && rows.size === 0);
      shown.push({ table: name, role, environment, clear, rows: refused ? undefined : rows });
    }
  }
  return shown;
}

/** Our own account: it is in no mapping table. */
const PROVIDER = 'PROVIDER';

type Asker = Session & { readonly role: string };

function keyOf({ role, environment }: Asker): string {
  return `${environment}/${role}`;
}

/** One statement for all who may read: who asks, the class of the row, and its columns as a JSON object of texts. */
function question(
  table: GovernedTable,
  rows: TableExpectations['rows'],
  attached: Attached,
  reading: readonly Asker[],
): string {
  const clear = `select 'clear' as asker, ROW_CLASS, ${asJson(table.columns.map(({ name }) => [name, identifier(name)]))} as seen from literal_rows`;
  const arms = reading.map((asker) => {
    const values = table.columns.map(({ name }): readonly [string, string] => {
      const [mask, projection] = [attached.masks.get(name), attached.projections.get(name)];
      const value = mask === undefined ? identifier(name) : inSession(mask, [name], asker);
      return [
        name,
        projection === undefined ? value : `case when ${isFree(projection, asker)} then ${value} end`,
      ];
    });
    const conditions = [
      ...(attached.rows === undefined ? [] : [inSession(attached.rows.policy, attached.rows.columns, asker)]),
      ...(attached.groups === undefined ? [] : [isFree(attached.groups, asker)]),
    ];
    const where = conditions.length === 0 ? '' : ` where (${conditions.join(') and (')})`;
    return `select ${literal(keyOf(asker))} as asker, ROW_CLASS, ${asJson(values)} as seen from literal_rows${where}`;
  });
  return `with literal_rows as (${literalRows(table, rows)})\n${[clear, ...arms].join('\nunion all\n')}`;
}

/** Puts the rows of expectations in the place of mapping tables that people keep. */
function keptTables(database: string, kept: MappingRows, access: AccessBook): (sql: string) => string {
  const tables = Object.entries(kept).map(([name, rows]) => {
    const columns = Object.keys(access.rowAccess.mappings[name]?.columns ?? {});
    const named = columns.map((column, index) => `column${index + 1} as ${identifier(column)}`).join(', ');
    const values = rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
    return [qualified(database, 'OPS', name), `(select ${named} from values ${values})`] as const;
  });
  return (sql) => tables.reduce((text, [table, rows]) => text.replaceAll(table, rows), sql);
}
