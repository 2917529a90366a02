import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { journalRecords } from './expected-records';
import { recount } from './recount';

const table = { database: 'DB', schema: 'BRONZE', name: 'T' };

describe('the oracle', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'das-oracle-'))));
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  /** Rows: [offset, outcome, payload]. */
  async function recountOf(
    lines: readonly string[],
    rows: readonly (readonly [number, string, string | null])[],
  ) {
    mkdirSync(join(dir, 'journal', 't.v1'), { recursive: true });
    writeFileSync(join(dir, 'journal', 't.v1', '0.ndjson'), lines.join(''));
    const folder = join(dir, 'lake', 'DB', 'BRONZE', 'T', '2026-01-01', '00');
    mkdirSync(folder, { recursive: true });
    const db = await (await DuckDBInstance.create(':memory:')).connect();
    const values = rows.map(
      ([offset, outcome, payload]) =>
        `('0', '${offset}', '${outcome}', ${outcome === 'dead' ? "'not_json'" : 'NULL'}, ${payload === null ? 'NULL' : `'${payload}'`}, false)`,
    );
    await db.run(
      `COPY (SELECT * FROM (VALUES ${values.join(',')}) AS t(SOURCE_PARTITION, SOURCE_OFFSET, OUTCOME, DEAD_REASON, PAYLOAD, IS_LATE))
       TO '${join(folder, 'c.1.t.parquet')}' (FORMAT parquet)`,
    );
    return recount({ lake: join(dir, 'lake'), table, records: journalRecords(join(dir, 'journal'), 't.v1') });
  }

  const a = '{"sent_at":"2026-01-01T00:00:00Z"}';

  it('finds nothing wrong where nothing is: a tombstone leaves no row, a torn line is no record', async () => {
    const found = await recountOf(
      [`${a}\n`, '\n', 'bad\n', '{"torn'],
      [
        [35, 'landed', a],
        [40, 'dead', null],
      ],
    );
    expect(found).toMatchObject({
      produced: 3,
      rows: 2,
      dropped: 1,
      lost: 0,
      duplicated: 0,
      altered: 0,
      dead: { not_json: 1 },
    });
    expect(found.latencies).toHaveLength(1);
  });

  it('counts what is lost, doubled, invented and altered', async () => {
    const found = await recountOf(
      [`${a}\n`, `${a}\n`, `${a}\n`],
      [
        [35, 'landed', a],
        [35, 'landed', a],
        [70, 'landed', '{"sent_at":"2026-01-01T00:00:01Z"}'],
        [99, 'landed', a],
      ],
    );
    expect(found).toMatchObject({ produced: 3, rows: 4, lost: 1, duplicated: 2, altered: 1 });
  });

  it('counts everything as lost where there is no table', async () => {
    mkdirSync(join(dir, 't.v1'));
    writeFileSync(join(dir, 't.v1', '0.ndjson'), 'x\ny\n');
    const found = await recount({ lake: join(dir, 'lake'), table, records: journalRecords(dir, 't.v1') });
    expect(found).toMatchObject({ produced: 2, rows: 0, lost: 2 });
  });
});
