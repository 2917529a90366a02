import { governedTables, type GovernedColumn, type GovernedTable, type OdcsDocument } from '@das/contracts';
import { publishSnapshot, Random } from '@das/testing';

/** Whose tables a world has: what is shown of every other is made by the same code. */
export const DATABASE = 'BROOK_COMMERCE';
const SEEN_REGION = 'EMEA';
const VISIBLE_ROWS = 150;
/** Of a world: so many rows that a role of EMEA does not see. */
const HIDDEN_ROWS = [40, 2500] as const;

export type World = 0 | 1;

/**
 * Publishes one of two worlds. They agree in what ANALYST_EMEA may see: the rows of EMEA, and of a masked value its form. All else
 * differs as far as it can: how many rows are hidden, where they stand, what they hold, and what a mask hides.
 */
export async function publishWorld(
  refined: string,
  world: World,
  documents: readonly OdcsDocument[],
): Promise<void> {
  const tables = governedTables(documents).filter(
    ({ tier, isInternal, database }) => tier === 'GOLD' && !isInternal && database === DATABASE,
  );
  await publishSnapshot(refined, `world-${world}`, [DATABASE], async (db) => {
    await db.run(`CREATE SCHEMA "${DATABASE}"."GOLD"`);
    for (const table of tables.filter(({ isView }) => !isView))
      for (const sql of tableOf(table, world)) await db.run(sql);
    // As dbt makes it: it names the table below as everybody does.
    await db.run(`CREATE VIEW "${DATABASE}"."GOLD"."CUSTOMERS" AS SELECT "CUSTOMER_ID", "EMAIL", "NAME", "PHONE", "REGION",
      "MEMBER_LINK_TOKEN", "VALID_FROM" AS "SINCE" FROM "${DATABASE}"."GOLD"."CUSTOMERS_SCD" WHERE "IS_CURRENT"`);
  });
}

function tableOf(table: GovernedTable, world: World): readonly string[] {
  const name = `"${DATABASE}"."GOLD"."${table.name}"`;
  const columns = table.columns.map((column) => `"${column.name}" ${duckType(column.type)}`).join(', ');
  const rows = rowsOf(table, world).map((row) => `(${row.join(', ')})`);
  return [`CREATE TABLE ${name} (${columns})`, `INSERT INTO ${name} VALUES ${rows.join(', ')}`];
}

/** Hidden rows stand before, between and after the visible ones, otherwise in each world. */
function rowsOf({ columns }: GovernedTable, world: World): readonly (readonly string[])[] {
  const random = new Random(world + 1);
  const visible = Array.from({ length: VISIBLE_ROWS }, (_, row) =>
    columns.map((column) => visibleValue(column, row, world, random)),
  );
  const places = Array.from({ length: HIDDEN_ROWS[world] }, () => random.below(VISIBLE_ROWS + 1));
  return [...visible, undefined].flatMap((row, at) => [
    ...places
      .filter((place) => place === at)
      .map(() => columns.map((column) => hiddenValue(column, world, random))),
    ...(row === undefined ? [] : [row]),
  ]);
}

/** The same in both worlds; of what is masked, its form is. */
function visibleValue(
  { name, type, mask }: GovernedColumn,
  row: number,
  world: World,
  random: Random,
): string {
  if (name === 'REGION') return text(SEEN_REGION);
  const isNull = row % 11 === 3;
  const secret = random.pick(SECRETS[world]);
  if (mask?.form === 'domain')
    return isNull ? random.pick(['NULL', text(secret)]) : text(`${secret}@m${row % 4}.example`);
  if (mask?.form === 'last2')
    return isNull ? 'NULL' : text(`+44 20 ${1000 + random.below(9000)} ${10 + (row % 5)}`);
  if (mask?.form === 'initials')
    return isNull ? 'NULL' : text(`${INITIALS[row % 4] ?? ''}${secret} ${INITIALS[row % 3] ?? ''}${secret}`);
  if (mask !== undefined) return random.chance(0.1) ? 'NULL' : text(secret);
  if (isNull) return 'NULL';
  if (type === 'VARCHAR') return text(`${name.toLowerCase()}-${row % 20}`);
  return plainValue(type, row % 17);
}

/** What makes queries fail, or stand out, wherever it is evaluated. */
function hiddenValue({ name, type }: GovernedColumn, world: World, random: Random): string {
  if (name === 'REGION') return random.pick([text('NA'), text('APAC'), text('LATAM'), 'NULL']);
  if (random.chance(0.1)) return 'NULL';
  if (type === 'VARCHAR') return text(random.pick(SECRETS[world]));
  // Few and small in one world, all over the type's range in the other.
  return plainValue(type, world === 0 ? random.below(5) : random.pick(EXTREMES));
}

const INITIALS = ['A', 'B', 'É', '李'] as const;
const SECRETS: Readonly<Record<World, readonly string[]>> = {
  0: ['1', '42', '7', 'anna', '2026-01-01'],
  1: ['not-a-number', '(', '{"a":', '9'.repeat(40), 'z', '', '1e400', 'carl', '\u00a0'],
};
const EXTREMES = [0, 1, -1, 9_999_999, -9_999_999, 254, 65_536];

function plainValue(type: string, number: number): string {
  if (type.startsWith('NUMBER')) return String(number);
  if (type === 'BOOLEAN') return String(number % 2 === 0);
  if (type === 'DATE') return `(DATE '2026-01-01' + ${Math.trunc(number / 10)})`;
  if (type === 'TIMESTAMP_TZ') return `(TIMESTAMPTZ '2026-01-01T00:00:00Z' + to_seconds(${number * 1000}))`;
  throw new Error(`no values of ${type}`);
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function duckType(type: string): string {
  if (type.startsWith('NUMBER')) return type.replace('NUMBER', 'DECIMAL');
  return type === 'TIMESTAMP_TZ' ? 'TIMESTAMPTZ' : type;
}
