import { bracketed } from '../rendered/statements';
import { broken, type Broken } from './broken';
import type { WantedColumn, WantedTable } from './wanted-tables';

/** What is missing in the statement that creates a table: its clauses, those in comments left out. */
export function* tableFaults(
  create: string,
  table: WantedTable,
  tables: ReadonlyMap<string, WantedTable>,
): Generator<Broken> {
  const { name, isView, columns, rowAccess, aggregation } = table;
  const { parts, rest } = bracketed(create);
  const options = rest.split(/ as (?=with|select|\()/i)[0] ?? '';
  const shown = isView ? shownBy(rest.slice(options.length)) : [];
  const below = tables.get(shown[0] ?? '');
  if (isView && shown.length !== 1)
    yield broken(
      'personal-is-masked',
      name,
      `is a view of ${shown.join(' and ') || 'nothing'}: what shows all rows of one table is protected as that`,
    );
  for (const column of columns) {
    const definition = parts.find((part) => part.startsWith(`"${column.name}" `));
    if (definition === undefined)
      yield broken('personal-is-masked', `${name}.${column.name}`, 'is not created');
    else yield* columnFaults(definition, column, table, below);
  }
  for (const part of parts) {
    const [, column = part] = /^"(\w+)"/.exec(part) ?? [];
    if (!columns.some((one) => one.name === column))
      yield broken('unclassified-is-denied', `${name}.${column}`, 'is in no contract');
  }
  const [database = ''] = name.split('.');
  if (rowAccess !== undefined && !isView) {
    const given = rowAccess.columns.map((column) => `"${column}"`).join(', ');
    const clause = `WITH ROW ACCESS POLICY "${database}"."OPS"."${rowAccess.policy}" ON (${given})`;
    if (!options.includes(clause)) yield broken('personal-is-masked', name, 'shows all rows');
  }
  if (aggregation !== undefined && !isView) {
    const entity = aggregation.entity.map((column) => `"${column}"`).join(', ');
    const clause = `WITH AGGREGATION POLICY "${database}"."OPS"."${aggregation.policy}"${entity && ` ENTITY KEY (${entity})`} `;
    if (!`${options} `.includes(clause))
      yield broken('personal-is-masked', name, 'is seen row by row, and not in groups alone');
  }
  if (options.includes(`"${database}"."OPS"."CLASSIFICATION"`))
    yield broken(
      'unclassified-is-denied',
      name,
      'has a tag CLASSIFICATION, which a column that is added inherits',
    );
  if (!options.includes(`WITH TAG ("${database}"."OPS"."HIGHEST_CLASS" = `))
    yield broken('unclassified-is-denied', name, 'has no tag HIGHEST_CLASS');
}

/** What protects one column, in its part of CREATE or of ALTER TABLE … ADD COLUMN. */
export function* columnFaults(
  definition: string,
  column: WantedColumn,
  { name: table, isView, rowAccess }: WantedTable,
  below?: WantedTable,
): Generator<Broken> {
  const where = `${table}.${column.name}`;
  const hasBelow = (is: (one: WantedColumn) => boolean): boolean =>
    below?.columns.some((one) => one.name === column.name && is(one)) === true;
  const [database = ''] = table.split('.');
  const { policy, projection } = column;
  if (policy !== undefined && !isView) {
    const clause = `WITH MASKING POLICY "${database}"."OPS"."${policy}"`;
    if (!`${definition} `.includes(`${clause} `))
      yield broken('personal-is-masked', where, `is not masked by ${policy}`);
  }
  if (projection !== undefined && !isView) {
    const clause = `WITH PROJECTION POLICY "${database}"."OPS"."${projection}"`;
    if (!`${definition} `.includes(`${clause} `))
      yield broken('personal-is-masked', where, `may be shown: ${projection} is not on it`);
  }
  if (projection !== undefined && isView && !hasBelow((one) => one.projection === projection))
    yield broken('personal-is-masked', where, `is shown by a view, and the table below has no ${projection}`);
  // A view's masks are those of the table below it, by the same name.
  if (policy !== undefined && isView && !hasBelow((one) => one.policy === policy))
    yield broken(
      'personal-is-masked',
      where,
      `is shown by a view, and the table below does not mask it by ${policy}`,
    );
  // Snowflake: a column is an argument of a mask or of a row access policy, not of both.
  if (definition.includes(' USING ('))
    yield broken('mask-of-one-argument', where, 'is masked by more than its own value');
  if (rowAccess?.columns.includes(column.name) === true && definition.includes('WITH MASKING POLICY'))
    yield broken('mask-of-one-argument', where, 'is masked, and decides about rows');
  yield* tagFaults(definition, column, where, isView);
}

function* tagFaults(
  definition: string,
  { classification, kind, isPersonal, policy }: WantedColumn,
  where: string,
  isView: boolean,
): Generator<Broken> {
  const [database = ''] = where.split('.');
  const has = (tag: string, value: string): boolean =>
    definition.includes(`"${database}"."OPS"."${tag}" = ${value}`);
  if (!has('CLASSIFICATION', `'${classification}'`))
    yield broken(
      isPersonal ? 'personal-is-masked' : 'unclassified-is-denied',
      where,
      'has no tag CLASSIFICATION',
    );
  if (!isPersonal) return;
  if (kind !== undefined && !has('PHI_KIND', `'${kind}'`))
    yield broken('personal-is-masked', where, 'has no tag PHI_KIND');
  if ((policy === undefined || isView) && !has('PROTECTED_BY', isView ? "'table'" : "'ingest'"))
    yield broken('personal-is-masked', where, 'has neither a mask nor a tag PROTECTED_BY');
}

/** The tables that a query names, each once. */
function shownBy(query: string): readonly string[] {
  const names = [...query.matchAll(/"\w+"\."\w+"\."\w+"/g)].map(([name]) => name.replaceAll('"', ''));
  return [...new Set(names)];
}
