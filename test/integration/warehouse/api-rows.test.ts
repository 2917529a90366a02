import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRODUCTS, SECURED_VIEWS } from '@contracts/brook-commerce';
import type { ProductColumn, ProductContract, ProductTable } from '@das/contracts';
import { publishSnapshot } from '@das/testing';
import { openWarehouse, type Row } from '@das/warehouse';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** What the data API will read by libs/warehouse, as each reader, is what the API schemas of the contracts say. */

const GENERATED = join(__dirname, '../../../contracts/brook_commerce/generated');
const DUCKDB: Readonly<Record<string, string>> = { NUMBER: 'DECIMAL', TIMESTAMP_TZ: 'TIMESTAMPTZ' };

interface ApiSchema {
  readonly 'x-das-table': string;
  readonly properties: Readonly<Record<string, { readonly examples: readonly unknown[] }>>;
}
const schemas = PRODUCTS.flatMap(({ product }) => {
  const file = readFileSync(join(GENERATED, `${product}.openapi.json`), 'utf8');
  return Object.values(
    (JSON.parse(file) as { components: { schemas: Record<string, ApiSchema> } }).components.schemas,
  );
});
const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const schemaOf = ({ table }: ProductTable) =>
  schemas.find((schema) => schema['x-das-table'] === `${table.database}.${table.schema}.${table.name}`)!;
const nameOf = ({ table }: ProductTable) => `"${table.database}"."${table.schema}"."${table.name}"`;
const promised = PRODUCTS.flatMap((product) =>
  product.tables.filter(({ internal }) => !internal).map((table) => ({ product, table })),
);
const cases = promised.flatMap(({ product, table }) =>
  product.readers.map((role): [string, string, ProductContract, ProductTable] => [
    role,
    table.table.name,
    product,
    table,
  ]),
);

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value}'` : JSON.stringify(value);

/** The examples; what no form can be made of; and null wherever the contract has it. */
function rowsOf(table: ProductTable): readonly string[] {
  const { properties } = schemaOf(table);
  const row = (value: (column: ProductColumn, example: unknown) => unknown): string =>
    `(${table.columns.map((column) => literal(value(column, properties[column.name]?.examples[0]))).join(', ')})`;
  return [
    row((_, example) => example),
    row(({ mask, type }, example) => (mask !== undefined && type === 'VARCHAR' ? ' ' : example)),
    row(({ nullable }, example) => (nullable ? null : example)),
  ];
}

describe('the rows that readers get', () => {
  let dir: string;
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-api-rows-'));
    const refined = join(dir, 'refined');
    await publishSnapshot(refined, 'build-1', ['BROOK_COMMERCE'], async (db) => {
      await db.run('CREATE SCHEMA "BROOK_COMMERCE"."GOLD"');
      for (const { table } of promised) {
        const columns = table.columns.map(
          ({ name, type }) => `"${name}" ${type.replace(/^\w+/, (word) => DUCKDB[word] ?? word)}`,
        );
        await db.run(`CREATE TABLE ${nameOf(table)} (${columns.join(', ')})`);
        await db.run(`INSERT INTO ${nameOf(table)} VALUES ${rowsOf(table).join(', ')}`);
      }
    });
    env = { DAS_REFINED: refined };
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  it.each(cases)('%s of %s are of their API schema', async (role, _name, _product, table) => {
    const warehouse = await openWarehouse(env, { queryTag: 'test', as: { role, views: SECURED_VIEWS } });
    const valid = ajv.compile(schemaOf(table));
    const rows: Row[] = [];
    try {
      for await (const row of warehouse.query(`SELECT * FROM ${nameOf(table)}`)) rows.push(row);
    } finally {
      await warehouse.close();
    }
    expect(rows).toHaveLength(3);
    expect(rows.flatMap((row) => (valid(row) ? [] : [[row, valid.errors]]))).toEqual([]);
  });

  it('have nulls where the contract has none', async () => {
    const customers = promised.find(({ table }) => table.table.name === 'CUSTOMERS')!.table;
    const warehouse = await openWarehouse(env, {
      queryTag: 'test',
      as: { role: 'ANALYST_COMMERCE', views: SECURED_VIEWS },
    });
    const rows: Row[] = [];
    for await (const row of warehouse.query(`SELECT "EMAIL" FROM ${nameOf(customers)} WHERE "EMAIL" IS NULL`))
      rows.push(row);
    await warehouse.close();
    expect(customers.columns.find(({ name }) => name === 'EMAIL')?.nullable).toBe(false);
    expect(rows).toHaveLength(1);
  });
});
