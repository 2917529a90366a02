import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { journalRecords } from './expected-records';
import { recount } from './recount';

const table = { database: 'DB', schema: 'BRONZE', name: 'T' };
const SENT_AT = '2026-01-01T00:00:00Z';
const event = (id: string): string => JSON.stringify({ event_id: id, sent_at: SENT_AT });
const line = (id: string): string => `${event(id)}\n`;
/** Bytes of a line with an id of one letter. */
const END = line('a').length;

type Row = readonly [offset: number, outcome: string, payload: string | null, replayOf?: string];

describe('the oracle', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'das-oracle-'))));
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  /** One file for each list of rows; a row is [offset, outcome, payload]. */
  async function recountTopic(topic: string, lines: readonly string[], ...files: (readonly Row[])[]) {
    mkdirSync(join(dir, 'journal', topic), { recursive: true });
    writeFileSync(join(dir, 'journal', topic, '0.ndjson'), lines.join(''));
    const folder = join(dir, 'lake', 'DB', 'BRONZE', 'T', '2026-01-01', '00');
    mkdirSync(folder, { recursive: true });
    for (const [index, rows] of files.entries()) {
      await writeRows(join(folder, `c__0.1-${index + 1}.t.parquet`), rows, topic);
    }
    return recount({ lake: join(dir, 'lake'), table, records: journalRecords(join(dir, 'journal'), topic) });
  }

  const recountOf = (lines: readonly string[], ...files: (readonly Row[])[]) =>
    recountTopic('t.v1', lines, ...files);

  it('finds nothing wrong where nothing is: a tombstone leaves no row, a torn line is no record', async () => {
    const found = await recountOf(
      [line('a'), '\n', 'bad\n', '{"torn'],
      [
        [END, 'landed', event('a')],
        [END + 5, 'dead', null],
      ],
    );
    expect(found).toMatchObject({
      produced: 3,
      rows: 2,
      dropped: 1,
      lost: 0,
      duplicated: 0,
      altered: 0,
      misordered: 0,
      dead: { not_json: 1 },
    });
  });

  it('counts what is lost, doubled, invented and altered', async () => {
    const found = await recountOf(
      [line('a'), line('b'), line('c'), '\n'],
      [
        [END, 'landed', event('a')],
        [END, 'landed', event('a')],
        [2 * END, 'landed', event('x')],
        [3 * END + 1, 'landed', event('of a tombstone')],
        [999, 'landed', event('of nothing')],
      ],
    );
    expect(found).toMatchObject({ produced: 4, rows: 5, dropped: 1, lost: 1, duplicated: 3, altered: 1 });
  });

  it('sees a later copy that was altered', async () => {
    const rows = [event('a'), event('x')].map((payload) => [END, 'landed', payload] as const);
    expect(await recountOf([line('a')], rows)).toMatchObject({ duplicated: 1, altered: 1 });
  });

  it.each([
    ['as its contract says', '203.0.113.0/24', 0],
    ['as it was sent', '203.0.113.7', 1],
    ['in another network', '203.0.114.0/24', 1],
    ['in a wider one', '203.0.0.0/16', 1],
    ['as nothing', '', 1],
  ])('judges an address that lands %s', async (_, ip, altered) => {
    const sent = { event_id: 'a', sent_at: SENT_AT, ip: '203.0.113.7', device: 'mobile' };
    const text = `${JSON.stringify(sent)}\n`;
    const rows = [[text.length, 'landed', JSON.stringify({ ...sent, ip })]] as const;
    expect(await recountTopic('auth.v1', [text], rows)).toMatchObject({ lost: 0, duplicated: 0, altered });
  });

  it('sees any other byte of it that was altered', async () => {
    const sent = { event_id: 'a', sent_at: SENT_AT, ip: '203.0.113.7', device: 'mobile' };
    const text = `${JSON.stringify(sent)}\n`;
    const lands = JSON.stringify({ ...sent, ip: '203.0.113.0/24', device: 'desktop' });
    expect(await recountTopic('auth.v1', [text], [[text.length, 'landed', lands]])).toMatchObject({
      altered: 1,
    });
  });

  it('takes a row of another source for no row of this one', async () => {
    const found = await recountOf([line('a')], [[END, 'landed', event('a')]]);
    expect(found).toMatchObject({ lost: 0 });
    const other = (async function* () {
      for await (const record of journalRecords(join(dir, 'journal'), 't.v1')) {
        yield { ...record, source: 'journal:other.v1' };
      }
    })();
    expect(await recount({ lake: join(dir, 'lake'), table, records: other })).toMatchObject({
      lost: 1,
      duplicated: 1,
    });
  });

  it('counts replays apart, each of them once, and of records that exist', async () => {
    const of = (offset: number): string => `journal:t.v1/1/0/${offset}`;
    const row = (offset: number, payload: string, replayOf: string) =>
      [offset, 'landed', payload, replayOf] as const;
    const lines = [line('a'), line('b')];
    const read = [
      [END, 'dead', null],
      [2 * END, 'landed', event('b')],
    ] as const;
    expect(await recountOf(lines, read, [row(END, event('a'), of(END))])).toMatchObject({
      rows: 2,
      replays: 1,
      lost: 0,
      duplicated: 0,
      altered: 0,
      misordered: 0,
      dead: { not_json: 1 },
    });
    const wrong = [
      row(END, event('a'), of(END)),
      row(END, event('x'), of(END)),
      row(999, event('b'), of(999)),
    ];
    expect(await recountOf(lines, read, wrong)).toMatchObject({ replays: 3, duplicated: 2, altered: 1 });
  });

  it('counts what a channel committed out of order, within a commit and between two', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((id, index) => [(index + 1) * END, 'landed', event(id)] as const);
    const [a, b, c, d] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
    const lines = ['a', 'b', 'c', 'd'].map(line);
    expect(await recountOf(lines, [a, b], [c, d])).toMatchObject({ misordered: 0 });
    expect(await recountOf(lines, [c, d], [b, a])).toMatchObject({ misordered: 2, lost: 0, duplicated: 0 });
  });

  it('measures an event by its first commit', async () => {
    const repeated = [event('a'), event('a'), event('b')];
    const found = await recountOf(
      repeated.map((text) => `${text}\n`),
      repeated.map((text, index) => [(index + 1) * END, 'landed', text] as const),
    );
    expect(found).toMatchObject({ lost: 0, duplicated: 0 });
    expect(found.latencies).toHaveLength(2);
    const seconds = (Date.now() - Date.parse(SENT_AT)) / 1000;
    for (const latency of found.latencies) expect(Math.abs(latency - seconds)).toBeLessThan(60);
  });

  it('takes no notice of what was not finished', async () => {
    const aside = join(dir, 'lake', 'DB', 'BRONZE', 'T', '_tmp');
    mkdirSync(aside, { recursive: true });
    await writeRows(join(aside, 'c__0.1-1.t.parquet'), [[END, 'landed', event('a')]]);
    expect(await recountOf([line('a')])).toMatchObject({ rows: 0, lost: 1 });
  });

  it('counts everything as lost where there is no table', async () => {
    mkdirSync(join(dir, 't.v1'));
    writeFileSync(join(dir, 't.v1', '0.ndjson'), 'x\ny\n');
    const found = await recount({ lake: join(dir, 'lake'), table, records: journalRecords(dir, 't.v1') });
    expect(found).toMatchObject({ produced: 2, rows: 0, lost: 2 });
  });
});

async function writeRows(file: string, rows: readonly Row[], topic = 't.v1'): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  const text = (value: string | null): string => (value === null ? 'NULL' : `'${value}'`);
  const values = rows.map(([offset, outcome, payload, replayOf]) => {
    const id = payload === null ? null : (JSON.parse(payload) as { event_id: string }).event_id;
    const reason = outcome === 'dead' ? 'not_json' : null;
    const source = `${replayOf === undefined ? '' : 'replay:'}journal:${topic}`;
    return `('${source}', '0', '${offset}', '${outcome}', ${text(reason)}, ${text(payload)}, ${text(id)}, ${text(replayOf ?? null)})`;
  });
  await db.run(
    `COPY (SELECT * REPLACE (CAST(REPLAY_OF AS VARCHAR) AS REPLAY_OF) FROM (VALUES ${values.join(',')})
       AS t(SOURCE, SOURCE_PARTITION, SOURCE_OFFSET, OUTCOME, DEAD_REASON, PAYLOAD, EVENT_ID, REPLAY_OF))
     TO '${file}' (FORMAT parquet)`,
  );
  db.closeSync();
  instance.closeSync();
}
