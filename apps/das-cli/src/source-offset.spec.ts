import { DuckDBInstance } from '@duckdb/node-api';
import { offsetOrder, paddedOffset } from './source-offset';

const SEQUENCE = '49590338271490256608559692538361571095921575989136588898';
/** In order. */
const OFFSETS = [
  '0',
  '9',
  '10',
  '9007199254740993',
  `${SEQUENCE}:0`,
  `${SEQUENCE}:2`,
  `${SEQUENCE}:10`,
  `5${SEQUENCE}:0`,
];

it('sorts offsets of every source as their numbers', async () => {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  const list = OFFSETS.map((offset) => `('${offset}')`).join(',');
  const sql = `SELECT o, ${offsetOrder('o')} FROM (VALUES ${list}) AS t(o) ORDER BY 2`;
  const rows = (await db.runAndReadAll(sql)).getRows();
  db.closeSync();
  expect(rows.map(([offset]) => offset)).toEqual(OFFSETS);
  expect(rows.map(([, order]) => order)).toEqual(OFFSETS.map((offset) => paddedOffset(offset, '0')));
});

it('takes a sequence number alone for all that share it', () => {
  const [from, to] = [paddedOffset(SEQUENCE, '0'), paddedOffset(SEQUENCE, '9')];
  const within = OFFSETS.filter(
    (offset) => paddedOffset(offset, '0') >= from && paddedOffset(offset, '0') <= to,
  );
  expect(within).toEqual([`${SEQUENCE}:0`, `${SEQUENCE}:2`, `${SEQUENCE}:10`]);
});
