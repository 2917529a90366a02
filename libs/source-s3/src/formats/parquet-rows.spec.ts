import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetRows } from './parquet-rows';

const dir = mkdtempSync(join(tmpdir(), 'das-parquet-'));
const path = join(dir, 'one.parquet');

afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** A file that DuckDB wrote. */
async function written(query: string, options = 'COMPRESSION snappy'): Promise<Buffer> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet, ${options})`);
  connection.closeSync();
  instance.closeSync();
  return readFileSync(path);
}

async function read(file: Buffer, skip = 0) {
  const pieces: number[] = [];
  const lines: string[] = [];
  const rows = parquetRows(
    {
      length: file.length,
      read: async (start, end) => {
        pieces.push(end - start);
        return Promise.resolve(file.subarray(start, end));
      },
    },
    skip,
  );
  for await (const values of rows) lines.push(...values.map(String));
  return { lines, bytes: pieces.reduce((sum, size) => sum + size, 0) };
}

describe('the rows of a Parquet file', () => {
  it('are JSON that keeps every digit', async () => {
    const file = await written(
      `SELECT 'c-1' AS claim_id, 9007199254740993 AS big, 12345678901234567.89::DECIMAL(38,2) AS amount,
              -0.05::DECIMAL(4,2) AS small, 1.5::DOUBLE AS ratio, true AS paid, DATE '2026-01-31' AS day,
              TIMESTAMPTZ '2026-01-31 12:00:00.123456+00' AS at, ['A', 'B'] AS codes,
              {id: 'm-1', age: 41} AS member, NULL::VARCHAR AS note, 'ab'::BLOB AS raw`,
    );
    expect((await read(file)).lines).toEqual([
      '{"claim_id":"c-1","big":9007199254740993,"amount":12345678901234567.89,"small":-0.05,"ratio":1.5,' +
        '"paid":true,"day":"2026-01-31","at":"2026-01-31T12:00:00.123456Z","codes":["A","B"],' +
        '"member":{"id":"m-1","age":41},"raw":"YWI="}',
    ]);
  });

  it.each(['uncompressed', 'snappy', 'gzip', 'brotli'])(
    'are read where they are packed with %s',
    async (codec) => {
      const file = await written('SELECT range AS id FROM range(3)', `COMPRESSION ${codec}`);
      expect((await read(file)).lines).toEqual(['{"id":0}', '{"id":1}', '{"id":2}']);
    },
  );

  it('begin after those that are not wanted, whose row groups are not read', async () => {
    const query = 'SELECT range AS id, md5(range::VARCHAR) AS text FROM range(30000)';
    const file = await written(query, 'ROW_GROUP_SIZE 10000');
    const all = await read(file);
    expect(all.lines).toHaveLength(30_000);
    const rest = await read(file, 25_000);
    expect(rest.lines).toEqual(all.lines.slice(25_000));
    expect(rest.bytes).toBeLessThan(all.bytes * 0.6);
    expect((await read(file, 30_000)).lines).toEqual([]);
  });

  it.each([
    ['object_damaged', async () => (await written('SELECT 1 AS id')).subarray(0, -20)],
    ['object_damaged', async () => Promise.resolve(Buffer.from('no parquet at all'))],
    ['parquet_nested_decimal', async () => written('SELECT [1.5::DECIMAL(4,2)] AS amounts')],
  ])('are not read: %s', async (code, file) => {
    await expect(read(await file())).rejects.toMatchObject({ kind: 'data', code });
  });
});
