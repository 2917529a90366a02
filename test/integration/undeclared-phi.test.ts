import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract, UndeclaredPhi } from '@das/contracts';
import { openRecord } from '@das/dead-letters';
import { readKeyFile } from '@das/keys';
import { createJournalSource } from '@das/source-journal';
import {
  createEventGenerator,
  makeKeys,
  startCollector,
  startLocalSnowpipe,
  until,
  type ManagedProcess,
} from '@das/testing';
import { askLake } from './ask-lake';
import { inProcess } from './in-process';

type Event = Record<string, unknown>;

const MAIL = 'lost.and.found@example.org';
const NUMBER = '078-05-1120';

/** On the real endpoint: what each mode leaves in the Parquet files. */
describe('PHI where no contract declares it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-undeclared-phi-'));
  const lake = join(dir, 'lake');
  const journal = join(dir, 'journal');
  const keys = makeKeys(join(dir, 'keys'));
  let endpoint: { process: ManagedProcess; url: string };

  beforeAll(async () => {
    endpoint = await startLocalSnowpipe({ lake, logFile: join(dir, 'endpoint.log') });
  });
  afterAll(async () => {
    await endpoint.process.stop();
    rmSync(dir, { recursive: true });
  });

  const next = createEventGenerator({ stream: 'orders', seed: 1, partitions: 1, now: Date.now });
  const good = (): Event => JSON.parse(String(next().value)) as Event;
  const events = (): Event[] => [
    { ...good(), coupon: `for ${MAIL}` },
    { ...good(), note: { [NUMBER]: encodeURIComponent(MAIL) } },
    good(),
  ];

  function write(topic: string, values: readonly Event[]): void {
    mkdirSync(join(journal, topic), { recursive: true });
    const lines = values.map((value) => `${JSON.stringify(value)}\n`).join('');
    writeFileSync(join(journal, topic, '0.ndjson'), lines);
  }

  async function rowsOf(topic: string, count: number): Promise<readonly Record<string, unknown>[]> {
    let found: Awaited<ReturnType<typeof askLake>> = [];
    await until(`${count} rows of ${topic}`, async () => {
      found = await askLake(
        lake,
        ordersEventsV1.table,
        `SELECT * FROM bronze WHERE SOURCE = 'journal:${topic}' ORDER BY CAST(SOURCE_OFFSET AS BIGINT)`,
      );
      return found.length === count;
    });
    return found;
  }

  /** What three events leave under a contract that says so. */
  async function landedWith(undeclaredPhi: UndeclaredPhi) {
    const topic = `orders.${undeclaredPhi}`;
    const sent = events();
    write(topic, sent);
    const contract: StreamContract = { ...ordersEventsV1, undeclaredPhi };
    const { ingest, failures } = inProcess({
      declaration: { name: `${undeclaredPhi}-collector`, version: '1.0.0', contracts: [contract] },
      source: createJournalSource({ dir: journal, topic, consumer: undeclaredPhi, pollMs: 50 }),
      endpoint: endpoint.url,
      keys,
      claims: join(dir, 'claims'),
    });
    try {
      await ingest.start();
      const rows = await rowsOf(topic, sent.length);
      expect(failures).toEqual([]);
      return { sent, rows };
    } finally {
      await ingest.stop(5_000);
    }
  }

  const foundIn = (row: Record<string, unknown> | undefined): readonly string[] =>
    (JSON.parse(String(row?.PHI_TAGS)) as readonly string[]).filter((tag) => tag.includes('#'));

  it('is dead, `undeclaredPhi: quarantine`, and nothing of it is in clear', async () => {
    const { sent, rows } = await landedWith('quarantine');
    expect(rows.map(({ OUTCOME }) => OUTCOME)).toEqual(['dead', 'dead', 'landed']);
    expect(rows.slice(0, 2).map((row) => [row.DEAD_REASON, row.DEAD_STAGE, row.DEAD_ERRORS])).toEqual([
      ['undeclared_phi', 'scan', '[{"path":"/coupon","rule":"email"}]'],
      ['undeclared_phi', 'scan', '[{"path":"/*","rule":"ssn"},{"path":"/*","rule":"email"}]'],
    ]);
    for (const text of [MAIL, encodeURIComponent(MAIL), NUMBER])
      expect(JSON.stringify(rows)).not.toContain(text);
    const { SOURCE, SOURCE_OFFSET, DEAD_PAYLOAD } = rows[1]!;
    const place = { source: String(SOURCE), epoch: 1, partition: '0', position: String(SOURCE_OFFSET) };
    const opened = openRecord(String(DEAD_PAYLOAD), place, readKeyFile(keys.phiKeyFile));
    expect(String(opened.value)).toBe(JSON.stringify(sent[1]));
  });

  it('lands and is named, `undeclaredPhi: tag`', async () => {
    const { sent, rows } = await landedWith('tag');
    expect(rows.map(({ OUTCOME }) => OUTCOME)).toEqual(['landed', 'landed', 'landed']);
    expect(rows.map(foundIn)).toEqual([['coupon#email'], ['*#ssn', '*#email'], []]);
    expect(rows.map(({ PAYLOAD }) => JSON.parse(String(PAYLOAD)) as Event)).toMatchObject([
      { coupon: sent[0]?.coupon },
      { note: sent[1]?.note },
      {},
    ]);
  });

  it('lands and nobody looks, `undeclaredPhi: allow`', async () => {
    const { rows } = await landedWith('allow');
    expect(rows.map(({ OUTCOME }) => OUTCOME)).toEqual(['landed', 'landed', 'landed']);
    expect(rows.map(foundIn)).toEqual([[], [], []]);
  });

  it('is counted by the shipped collector of the orders, which tags, without place and value', async () => {
    write(ordersEventsV1.source.topic, events());
    const { process, url } = await startCollector({
      app: 'orders-events-collector',
      source: { kind: 'journal', dir: journal },
      endpoint: endpoint.url,
      keys,
      logFile: join(dir, 'collector.log'),
    });
    try {
      const rows = await rowsOf(ordersEventsV1.source.topic, 3);
      expect(rows.map(foundIn)).toEqual([['coupon#email'], ['*#ssn', '*#email'], []]);
      const metrics = await (await fetch(`${url}/metrics`)).text();
      const hits = metrics.split('\n').filter((line) => line.startsWith('das_phi_hits_total{'));
      expect(hits.map((line) => line.replace(/(collector|stream|version)="[^"]*",?/g, ''))).toEqual([
        expect.stringMatching(/kind="email",mode="tag".*\} 2$/),
        expect.stringMatching(/kind="ssn",mode="tag".*\} 1$/),
      ]);
      expect(metrics).not.toContain('coupon');
    } finally {
      await process.stop();
    }
  });
});
