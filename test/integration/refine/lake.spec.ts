import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { BronzeStream, openLandedLake } from '@das/testing';
import { readTables } from '../../../apps/local-snowpipe/src/ddl';
import { parseCommitName } from '../../../apps/local-snowpipe/src/file-name';
import { Lake } from '../../../apps/local-snowpipe/src/lake';
import { ParquetWriter } from '../../../apps/local-snowpipe/src/parquet-writer';

/** A lake that a test writes is one that the endpoint could have written. */
describe('a lake without an endpoint', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-lake-spec-'));
  const [ours, theirs] = [join(dir, 'ours'), join(dir, 'theirs')];
  const tables = readTables(join(__dirname, '../../../sql')).filter(
    ({ database }) => database === 'BROOK_COMMERCE',
  );
  const table = tables.find(({ name }) => name === 'ORDERS_EVENTS_V1')!;
  const stream = new BronzeStream({
    stream: 'orders',
    seed: 1,
    size: 400,
    fromMs: 1.79e12,
    untilMs: 1.7901e12,
  });
  const rows = [...stream.take(400)];
  let files: readonly string[];

  beforeAll(async () => {
    const lake = await openLandedLake(ours);
    files = await lake.land('orders', rows, 30);
    lake.close();
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  it('has the tables that the endpoint makes', () => {
    const lake = new Lake(theirs);
    for (const each of tables) lake.claim(each);
    const described = (root: string): ReadonlyMap<string, string> =>
      new Map(
        readdirSync(root, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('_columns.json'))
          .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
      );
    expect(described(ours)).toEqual(described(theirs));
    expect(described(ours).size).toBe(4);
  });

  it('has files that the endpoint takes for its own', () => {
    for (const file of files) {
      expect(parseCommitName(basename(file))).toMatchObject({
        incarnation: 1,
        token: expect.stringMatching(/^\d+(:\d+)?~/) as string,
      });
    }
    const lake = new Lake(ours);
    const channels = lake.recover(table);
    expect([...channels.values()].reduce((most, { sequence }) => Math.max(most, sequence), 0)).toBe(
      files.length,
    );
  });

  it('has the columns and the values that the endpoint would write', async () => {
    const path = join(dir, 'endpoint.parquet');
    const writer = await ParquetWriter.open(join(dir, 'lock.duckdb'));
    const texts = rows.map((row) =>
      table.columns.map(({ name }) => {
        const value = row[name as keyof typeof row];
        return value === null ? null : String(value);
      }),
    );
    expect(await writer.write(path, table, texts)).toBe(rows.length);
    writer.close();

    const instance = await DuckDBInstance.create(':memory:');
    const db = await instance.connect();
    const ask = async (sql: string) => (await db.runAndReadAll(sql)).getRowsJson();
    const list = files.map((file) => `'${file}'`).join(', ');
    expect(await ask(`DESCRIBE FROM read_parquet([${list}])`)).toEqual(await ask(`DESCRIBE FROM '${path}'`));
    const [mine, endpoints] = [`FROM read_parquet([${list}])`, `FROM '${path}'`];
    expect(
      await ask(`(${mine} EXCEPT ALL ${endpoints}) UNION ALL (${endpoints} EXCEPT ALL ${mine})`),
    ).toEqual([]);
    expect(await ask(`SELECT count(*)::INTEGER ${mine}`)).toEqual([[rows.length]]);
    db.closeSync();
    instance.closeSync();
  });
});
