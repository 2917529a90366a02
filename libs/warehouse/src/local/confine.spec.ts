import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRows, publishSnapshot } from '@das/testing';
import { openWarehouse } from '../open-warehouse';
import type { Warehouse } from '../warehouse';

describe('what a local query may read', () => {
  let dir: string;
  let warehouse: Warehouse;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-confine-'));
    const table = join(dir, 'lake', 'SHOP', 'BRONZE', 'EVENTS_V1');
    mkdirSync(table, { recursive: true });
    writeFileSync(
      join(table, '_columns.json'),
      JSON.stringify([{ name: 'ID', kind: 'text', precision: 38, scale: 0 }]),
    );
    writeFileSync(join(dir, 'outside.csv'), 'a\n1\n');
    await publishSnapshot(join(dir, 'refined'), '1', ['SHOP'], async (db) => {
      await db.run('CREATE SCHEMA "SHOP"."GOLD"');
      await db.run(
        `CREATE TABLE "SHOP"."GOLD"."ORDERS" AS SELECT range AS "ID", 'n' AS "NAME" FROM range(3)`,
      );
      // As dbt makes a view: it names what it reads as everybody does.
      await db.run(`CREATE VIEW "SHOP"."GOLD"."A_VIEW" AS SELECT "ID" FROM "SHOP"."GOLD"."ORDERS"`);
    });
    warehouse = await openWarehouse(
      { DAS_LAKE: join(dir, 'lake'), DAS_REFINED: join(dir, 'refined') },
      { queryTag: 'test' },
    );
  });
  afterAll(async () => {
    await warehouse.close();
    rmSync(dir, { recursive: true });
  });
  const query = async (sql: string) => allRows(warehouse.query(sql));
  const failure = async (sql: string) =>
    query(sql).then(
      () => ({ code: 'answered', message: sql, line: '' }),
      (thrown: unknown) => thrown as { code: string; message: string; line: string },
    );

  it.each([
    ['SELECT COUNT(*) AS "N" FROM "SHOP"."GOLD"."ORDERS"', 3],
    ['SELECT COUNT(*) AS "N" FROM "SHOP"."GOLD"."A_VIEW"', 3],
    ['SELECT COUNT(*) AS "N" FROM "SHOP"."BRONZE"."EVENTS_V1"', 0],
    ['select count(*) as "N" from shop.gold.orders', 3],
    [
      'WITH a AS (SELECT * FROM "SHOP"."GOLD"."ORDERS"), b AS (SELECT * FROM a) SELECT COUNT(*) AS "N" FROM b',
      3,
    ],
    [
      'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT COUNT(*) AS "N" FROM r',
      5,
    ],
    ['SELECT COUNT(*) AS "N" FROM range(4), unnest([1, 2])', 8],
    ['SELECT COUNT(*) AS "N" FROM (VALUES (1), (2)) v', 2],
    ['SELECT "N" FROM (FROM "SHOP"."GOLD"."ORDERS" SELECT COUNT(*) AS "N") WHERE EXISTS (SELECT 1)', 3],
    ['SELECT COUNT(*) AS "N" FROM "SHOP"."GOLD"."ORDERS" PIVOT (COUNT(*) FOR "NAME" IN (\'n\'))', 3],
    ['SELECT list_sum([x + 1 FOR x IN [1, 2]]) AS "N"', 5],
    [
      'SELECT COUNT(*) AS "N" FROM "SHOP"."GOLD"."ORDERS" o JOIN "SHOP"."BRONZE"."EVENTS_V1" e ON e."ID" = o."NAME"',
      0,
    ],
    [
      'SELECT MAX(n) AS "N" FROM (SELECT ROW_NUMBER() OVER (ORDER BY "ID") AS n FROM "SHOP"."GOLD"."ORDERS")',
      3,
    ],
  ])('answers %s', async (sql, count) => {
    expect(await query(sql)).toEqual([{ N: count }]);
  });

  it.each([
    `SELECT * FROM read_csv('DIR/outside.csv')`,
    `SELECT * FROM 'DIR/outside.csv'`,
    `SELECT * FROM "DIR/outside.csv"`,
    `SELECT * FROM read_text('DIR/lake/SHOP/BRONZE/EVENTS_V1/_columns.json')`,
    `SELECT * FROM glob('DIR/*')`,
    `SELECT (SELECT MAX(a) FROM read_csv('DIR/outside.csv'))`,
    `WITH x AS (SELECT * FROM read_csv('DIR/outside.csv')) SELECT * FROM x`,
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM duckdb_views())`,
    'SELECT * FROM duckdb_settings',
    'SELECT * FROM information_schema.tables',
    'SELECT * FROM "SHOP".information_schema.tables',
    'SELECT * FROM pg_catalog.pg_views',
    'SELECT * FROM sqlite_master',
    'SELECT * FROM "snapshot:SHOP"."GOLD"."ORDERS"',
    // A name that is common somewhere else, or to what is within it, is none here.
    'WITH duckdb_views AS (SELECT * FROM duckdb_views) SELECT * FROM duckdb_views',
    'SELECT (WITH duckdb_views AS (SELECT 1 AS a) SELECT MAX(a) FROM duckdb_views), * FROM duckdb_views',
    'WITH a AS (SELECT * FROM duckdb_views), duckdb_views AS (SELECT 1) SELECT * FROM a',
    `SELECT * FROM query('SELECT 1')`,
    `SELECT * FROM query_table('duckdb_views')`,
    `SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))`,
    `SELECT current_setting('allowed_directories')`,
    'SELECT pg_get_viewdef(1)',
    `SELECT main.pg_get_viewdef(1)`,
    `SELECT json_serialize_plan('SELECT * FROM "SHOP"."GOLD"."ORDERS"')`,
    'DESCRIBE "SHOP"."GOLD"."ORDERS"',
    'SELECT * FROM (DESCRIBE "SHOP"."GOLD"."ORDERS")',
    'SELECT * FROM (SHOW ALL TABLES)',
    'SUMMARIZE "SHOP"."GOLD"."ORDERS"',
    'EXPLAIN ANALYZE SELECT 1',
    'PRAGMA database_list',
    'CALL pragma_database_size()',
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP VIEW "SHOP"."GOLD"."ORDERS"',
    `COPY (SELECT 1) TO 'DIR/lake/x.csv'`,
    `COPY "SHOP"."GOLD"."ORDERS" TO 'DIR/lake/x.csv'`,
    'SET enable_external_access = true',
    'RESET lock_configuration',
    'DROP VIEW "SHOP"."GOLD"."ORDERS"',
    'CREATE TABLE "SHOP"."GOLD"."X" (a INTEGER)',
    'INSERT INTO "SHOP"."GOLD"."ORDERS" VALUES (1, \'n\')',
    `ATTACH 'DIR/refined/published/1/SHOP.duckdb' AS x`,
    `INSTALL httpfs`,
    'PREPARE p AS SELECT 1',
    '',
    ';',
    '-- nothing',
  ])('refuses %s', async (sql) => {
    const { code, line } = await failure(sql.replaceAll('DIR', dir));
    expect(['warehouse_sql', 'table_missing']).toContain(code);
    expect(line).not.toContain(dir);
  });

  it.each([
    [
      'SELECT * FROM "SHOP"."GOLD"."ORDRES"',
      /^there is no table "SHOP"."GOLD"."ORDRES"; there is "SHOP"."GOLD"."ORDERS"/,
    ],
    [
      'SELECT * FROM orders',
      /^line 1, column 15: the table orders is to be named with its .*: "SHOP"."GOLD"."ORDERS"$/,
    ],
    ['SELECT "IT"\n  FROM "SHOP"."GOLD"."ORDERS"', /^line 1, column 8: there is no column IT; there is ID$/],
    ['SELECT 1\nFROM\n  WHERE', /^line 3, column 3: syntax error at or near "WHERE"$/],
    [`SELECT 'é', nofn(1)`, /^line 1, column 13: Scalar Function with name nofn does not exist/],
    ['SELECT SUM("NAME") FROM "SHOP"."GOLD"."ORDERS"', /argument types 'sum\(VARCHAR\)'/],
    ['SELECT "ID", COUNT(*) FROM "SHOP"."GOLD"."ORDERS"', /column "ID" must appear in the GROUP BY clause/],
    ['DELETE FROM "SHOP"."GOLD"."ORDERS"', /^only one SELECT is read/],
    ['SELECT $1', /^a parameter has no value$/],
    ['SELECT "ID" FROM "SHOP"."GOLD"."ORDERS" WHERE "NAME" = ?', /^a parameter has no value$/],
    ['SELECT $name', /^a parameter has no value$/],
    ['SELECT $3', /^a parameter has no value$/],
  ])('says what is wrong with %s', async (sql, told) => {
    expect((await failure(sql)).message).toMatch(told);
  });

  it.each([
    `SELECT "ID" FROM "SHOP"."GOLD"."ORDERS" WHERE "NAME" = "anna@example.com"`,
    `SELECT "ID" FROM "SHOP"."GOLD"."ORDERS" WHERE 'anna@example.com' 'x'`,
    `SELECT "anna@example.com"."ID" FROM "SHOP"."GOLD"."ORDERS"`,
    `SELECT nofn('anna@example.com', NO_COLUMN)`,
    `SELECT CAST('anna@example.com' AS INTEGER)`,
    `SELECT CAST('anna@example.com' || "NAME" AS INTEGER) FROM "SHOP"."GOLD"."ORDERS"`,
    `SELECT * FROM "anna@example.com"`,
    `SELECT $$anna@example.com$$ $$x$$`,
    `SELECT error('anna@example.com')`,
    `SELECT DATE 'anna@example.com'`,
    `SELECT 1 ORDER BY 'anna@example.com' LIMIT 'anna@example.com'`,
    `SELECT json_extract('anna@example.com', '$.a')`,
    `SELECT regexp_matches('a', '(anna@example.com')`,
    `SELECT strptime('anna@example.com', '%Y')`,
    `SELECT CAST("NAME" AS "anna@example.com") FROM "SHOP"."GOLD"."ORDERS"`,
  ])('repeats no value of %s', async (sql) => {
    const { code, line } = await failure(sql);
    if (code !== 'answered') expect(line).not.toMatch(/anna|example/);
  });
});
