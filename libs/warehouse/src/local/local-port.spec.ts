import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishSnapshot, warehousePortSuite, type PortRow } from '@das/testing';
import { DuckDBInstance } from '@duckdb/node-api';
import { openWarehouse } from '../open-warehouse';

/** As the endpoint writes them. */
const COLUMNS = [
  { name: 'ID', kind: 'number', nullable: false, precision: 18, scale: 0 },
  { name: 'NAME', kind: 'text', nullable: true, precision: 38, scale: 0 },
  { name: 'BODY', kind: 'variant', nullable: true, precision: 38, scale: 0 },
  { name: 'AT', kind: 'timestamp', nullable: true, precision: 38, scale: 0 },
  { name: 'OK', kind: 'boolean', nullable: true, precision: 38, scale: 0 },
  { name: 'AMOUNT', kind: 'number', nullable: true, precision: 18, scale: 2 },
  { name: 'ITEMS', kind: 'variant', nullable: true, precision: 38, scale: 0 },
];
const SELECT = `SELECT CAST(id AS BIGINT) AS "ID", name AS "NAME", body AS "BODY", CAST("at" AS TIMESTAMPTZ) AS "AT",
  ok AS "OK", CAST(amount AS DECIMAL(18,2)) AS "AMOUNT", items AS "ITEMS"`;
const JSON_COLUMNS = `{id: 'VARCHAR', name: 'VARCHAR', body: 'JSON', "at": 'VARCHAR', ok: 'BOOLEAN', amount: 'VARCHAR', items: 'JSON'}`;

let dir: string;
let files = 0;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'das-warehouse-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

function written(rows: readonly PortRow[]): string {
  const json = join(dir, `rows-${files++}.json`);
  writeFileSync(json, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return `read_json('${json}', columns = ${JSON_COLUMNS}, format = 'newline_delimited')`;
}

warehousePortSuite('DuckDB over the lake', async ({ timeoutSeconds = 300 }) => {
  const table = join(dir, 'lake', 'DB', 'BRONZE', 'T');
  mkdirSync(join(table, '_tmp'), { recursive: true });
  writeFileSync(join(table, '_columns.json'), JSON.stringify(COLUMNS));
  // Not finished: no row of this counts.
  writeFileSync(join(table, '_tmp', 'torn.parquet'), 'PAR1');
  return {
    warehouse: await openWarehouse(
      { DAS_LAKE: join(dir, 'lake'), DAS_READ_TIMEOUT_SECONDS: String(timeoutSeconds) },
      { queryTag: 'test' },
    ),
    /** One file, as the endpoint commits one. */
    insert: async (rows) => {
      const folder = join(table, '2026-01-01', '00');
      mkdirSync(folder, { recursive: true });
      const db = await (await DuckDBInstance.create(':memory:')).connect();
      await db.run(
        `COPY (${SELECT} FROM ${written(rows)}) TO '${join(folder, `${files++}.parquet`)}' (FORMAT parquet)`,
      );
      db.closeSync();
    },
  };
});

warehousePortSuite('DuckDB over a published snapshot', async ({ timeoutSeconds = 300 }) => {
  const refined = join(dir, 'refined');
  const parts: string[] = [];
  /** A build and its snapshot. */
  const publish = async (): Promise<void> =>
    publishSnapshot(refined, `build-${files++}`, ['DB'], async (db) => {
      await db.run('CREATE SCHEMA "DB"."BRONZE"');
      await db.run(`CREATE TABLE "DB"."BRONZE"."T" ("ID" BIGINT, "NAME" VARCHAR, "BODY" JSON, "AT" TIMESTAMPTZ,
        "OK" BOOLEAN, "AMOUNT" DECIMAL(18,2), "ITEMS" JSON)`);
      for (const part of parts) await db.run(`INSERT INTO "DB"."BRONZE"."T" ${SELECT} FROM ${part}`);
    });
  await publish();
  return {
    warehouse: await openWarehouse(
      { DAS_REFINED: refined, DAS_READ_TIMEOUT_SECONDS: String(timeoutSeconds) },
      { queryTag: 'test' },
    ),
    insert: async (rows) => {
      parts.push(written(rows));
      await publish();
    },
  };
});
