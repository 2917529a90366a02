import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRows, warehousePortSuite } from '@das/testing';
import { DuckDBInstance } from '@duckdb/node-api';
import { openWarehouse } from '../open-warehouse';

const COLUMNS = [
  { name: 'ID', kind: 'number', nullable: false, precision: 18, scale: 0 },
  { name: 'NAME', kind: 'text', nullable: true, precision: 38, scale: 0 },
  { name: 'BODY', kind: 'variant', nullable: true, precision: 38, scale: 0 },
  { name: 'AT', kind: 'timestamp', nullable: true, precision: 38, scale: 0 },
  { name: 'OK', kind: 'boolean', nullable: true, precision: 38, scale: 0 },
];

let dir: string;
let files = 0;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'das-warehouse-'));
  const table = join(dir, 'lake', 'DB', 'BRONZE', 'T');
  mkdirSync(join(table, '_tmp'), { recursive: true });
  writeFileSync(join(table, '_columns.json'), JSON.stringify(COLUMNS));
  // Not finished: no row of this counts.
  writeFileSync(join(table, '_tmp', 'torn.parquet'), 'PAR1');
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

const open = () => openWarehouse({ DAS_LAKE: join(dir, 'lake') }, 'test');

/** One file as the endpoint commits one. */
async function insert(rows: readonly object[]): Promise<void> {
  const folder = join(dir, 'lake', 'DB', 'BRONZE', 'T', '2026-01-01', '00');
  mkdirSync(folder, { recursive: true });
  const json = join(dir, 'rows.json');
  writeFileSync(json, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  const columns = `{id: 'BIGINT', name: 'VARCHAR', body: 'JSON', "at": 'TIMESTAMPTZ', ok: 'BOOLEAN'}`;
  await db.run(
    `COPY (SELECT id AS "ID", name AS "NAME", body AS "BODY", "at" AS "AT", ok AS "OK"
       FROM read_json('${json}', columns = ${columns}, format = 'newline_delimited'))
     TO '${join(folder, `${files++}.parquet`)}' (FORMAT parquet)`,
  );
  db.closeSync();
}

warehousePortSuite('DuckDB over the lake', async () => ({ warehouse: await open(), insert }));

describe('the lake as a warehouse', () => {
  it('reads nothing outside the lake, and writes nothing', async () => {
    writeFileSync(join(dir, 'outside.csv'), 'a\n1\n');
    const warehouse = await open();
    for (const sql of [
      `SELECT * FROM read_csv('${join(dir, 'outside.csv')}')`,
      `COPY (SELECT 1) TO '${join(dir, 'lake', 'x.csv')}'`,
      'SET enable_external_access = true',
      'DROP VIEW "DB"."BRONZE"."T"',
    ]) {
      await expect(allRows(warehouse.query(sql))).rejects.toMatchObject({ kind: 'unknown' });
    }
    await warehouse.close();
    await warehouse.close();
  });

  it('ends a query that runs when it is interrupted', async () => {
    const warehouse = await open();
    const interruption = new AbortController();
    const slow = allRows(
      warehouse.query('SELECT COUNT(*) AS "N" FROM range(100000) a, range(100000) b', [], {
        signal: interruption.signal,
      }),
    );
    setTimeout(() => {
      interruption.abort();
    }, 50);
    await expect(slow).rejects.toMatchObject({ code: 'interrupted' });
    await warehouse.close();
  });

  it('names the setting where there is no lake', async () => {
    const missing = openWarehouse({ DAS_LAKE: join(dir, 'a-secret') }, 'test');
    await expect(missing).rejects.toMatchObject({
      kind: 'setup',
      message: expect.stringMatching(/^(?!.*secret).*DAS_LAKE/) as string,
    });
    await expect(openWarehouse({}, 'test')).rejects.toThrow(/SNOWFLAKE_ACCOUNT_URL/);
  });
});
