import { bracketed, plainName, withoutComments } from '../rendered/statements';
import { broken, type Broken } from './broken';
import { columnFaults, tableFaults } from './column-protection';
import type { WantedTable } from './wanted-tables';

const NAME = '("\\w+"\\."\\w+"\\."\\w+")';
const CREATES = new RegExp(
  `^create (?:or replace |or alter )?(?:transient )?(dynamic table|secure view|view|table)(?: if not exists)? ${NAME}`,
  'i',
);
const FILLS = new RegExp(`\\b(?:insert (?:overwrite )?into|merge into|copy into) ${NAME}`, 'gi');
const GRANTS = new RegExp(`^grant select on (?:dynamic table|table|view) ${NAME}`, 'i');
const ADDS = new RegExp(`^alter table ${NAME} add column (?:if not exists )?("(\\w+)" .*)$`, 'i');
const TAKES_ROWS = new RegExp(`\\b(?:backfill from|clone) ${NAME}`, 'i');
/** Would take a protection away again, or a stream's position. */
const UNDOES =
  /\b(unset (masking|projection|aggregation) policy|drop (all )?row access polic\w+|unset tag|create or replace (transient )?(table|stream)|(drop|create or replace) (masking|row access|projection|aggregation) policy)\b/i;
/** Where rows are put aside that a replacement is to keep. */
const PUT_ASIDE = /__FROZEN$/;

/**
 * Walks through statements in the order in which they are sent: of no table that contracts govern may a row be put anywhere, or
 * be seen, before everything that protects it is there. Any deployment will do: the first one, a replacement, a full refresh.
 * @param standing - tables that an earlier deployment made, as `DB.SCHEMA.TABLE`
 */
export function orderFaults(
  statements: readonly string[],
  wanted: readonly WantedTable[],
  standing: Iterable<string> = [],
): readonly Broken[] {
  const tables = new Map(wanted.map((table) => [table.name, table]));
  const governed = (name: string): WantedTable | undefined => tables.get(name.replace(PUT_ASIDE, ''));
  const safe = new Set(standing);
  const faults: Broken[] = [];
  for (const statement of statements.map(withoutComments)) {
    if (UNDOES.test(statement))
      faults.push(broken('policy-stays', named(statement), `loses what protects it: ${statement}`));
    const [, , quoted] = CREATES.exec(statement) ?? [];
    const name = plainName(quoted);
    const table = governed(name);
    if (table !== undefined) {
      const found = [...creationFaults(statement, name, table, tables, safe)];
      faults.push(...found);
      safe.add(name);
    } else if (/^\w+\.(?:BRONZE|SILVER|GOLD)\./.test(name) && !name.endsWith('__FROZEN'))
      faults.push(broken('unclassified-is-denied', name, 'is in no contract'));
    const [, altered, definition = '', added] = ADDS.exec(statement) ?? [];
    const changed = governed(plainName(altered));
    const column = changed?.columns.find((one) => one.name === added);
    if (changed !== undefined && column !== undefined)
      faults.push(...columnFaults(definition, column, changed));
    for (const [, filled] of statement.matchAll(FILLS))
      if (governed(plainName(filled)) !== undefined && !safe.has(plainName(filled)))
        faults.push(broken('policy-before-rows', plainName(filled), 'gets rows before what protects it'));
    const readable = plainName(GRANTS.exec(statement)?.[1]);
    if (governed(readable) !== undefined && !safe.has(readable))
      faults.push(broken('policy-before-rows', readable, 'gets readers before what protects it'));
  }
  return faults;
}

function* creationFaults(
  statement: string,
  name: string,
  table: WantedTable,
  tables: ReadonlyMap<string, WantedTable>,
  safe: ReadonlySet<string>,
): Generator<Broken> {
  const [, kind = ''] = CREATES.exec(statement) ?? [];
  const [, from] = TAKES_ROWS.exec(statement.split(/ as (?=with|select|\()/i)[0] ?? '') ?? [];
  // It takes the policies and tags of the table that its rows come from, where it names no others.
  if (
    from !== undefined &&
    safe.has(plainName(from)) &&
    !/ WITH (MASKING|ROW ACCESS|PROJECTION|AGGREGATION) POLICY /.test(statement)
  )
    return;
  if (from !== undefined && !safe.has(plainName(from)))
    yield broken('policy-before-rows', name, `takes the rows of ${plainName(from)}, which nothing protects`);
  if (!statement.includes(`${quotedName(name)} (`)) {
    yield broken('policy-before-rows', name, 'is not created with its columns');
    return;
  }
  if (/^table$/i.test(kind) && / as (with|select|\()/i.test(bracketed(statement).rest))
    yield broken('policy-before-rows', name, 'is created with its rows');
  if (/^view$/i.test(kind)) yield broken('policy-before-rows', name, 'is a view that is not secure');
  yield* tableFaults(statement, { ...table, name }, tables);
}

function named(statement: string): string {
  return plainName(new RegExp(NAME).exec(statement)?.[1]) || 'something';
}

function quotedName(name: string): string {
  return name.replaceAll(/\w+/g, '"$&"');
}
