import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { createJournalSource } from '@das/source-journal';
import {
  collectorEnv,
  createEventGenerator,
  journalRecords,
  makeKeys,
  recount,
  runDas,
  startLocalSnowpipe,
  until,
  visitsEventsV1,
  type ManagedProcess,
} from '@das/testing';
import { askLake } from '../ask-lake';
import { inProcess } from '../in-process';
import { ExpectedVisit, secretsOf, type Visit } from './expected-visit';

const ROOT = join(__dirname, '../../..');
const VISITS = 200;

/** PHI on its real way into Parquet: what lands, in which form, and that nothing else does. */
describe('PHI', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-phi-'));
  const lake = join(dir, 'lake');
  const journal = join(dir, 'journal');
  const keys = makeKeys(join(dir, 'keys'), 'brook_clinic');
  const expected = new ExpectedVisit(keys.phiKeyFile);
  let endpoint: { process: ManagedProcess; url: string };

  beforeAll(async () => {
    for (const sql of ['sql', 'libs/testing/sql'])
      cpSync(join(ROOT, sql), join(dir, 'ddl'), { recursive: true });
    endpoint = await startLocalSnowpipe({
      lake,
      logFile: join(dir, 'endpoint.log'),
      args: ['--ddl', join(dir, 'ddl'), '--commit-ms', '50'],
    });
  });
  afterAll(async () => {
    await endpoint.process.stop();
    rmSync(dir, { recursive: true });
  });

  function produce({ source }: StreamContract, lines: readonly string[]): void {
    mkdirSync(join(journal, source.log), { recursive: true });
    appendFileSync(join(journal, source.log, '0.ndjson'), lines.map((line) => `${line}\n`).join(''));
  }

  /** Lets a collector of these contracts read until there are so many rows. */
  async function collect(name: string, contract: StreamContract, count: number) {
    const { ingest, failures } = inProcess({
      declaration: { name, version: '1.0.0', contracts: [contract] },
      source: createJournalSource({ dir: journal, topic: contract.source.log, consumer: name, pollMs: 50 }),
      endpoint: endpoint.url,
      keys,
      claims: join(dir, 'claims'),
    });
    const rows = async () =>
      askLake(lake, contract.table, 'SELECT * FROM bronze ORDER BY SOURCE_OFFSET::INT');
    try {
      await ingest.start();
      await until(`${count} rows`, async () => (await rows()).length >= count, 30_000);
    } finally {
      await ingest.stop(5_000);
    }
    expect(failures).toEqual([]);
    return rows();
  }

  it('lands as its contract says, and says what of it is there', async () => {
    const next = createEventGenerator({ stream: 'visits', seed: 5, partitions: 1, now: Date.now });
    const sent = Array.from({ length: VISITS }, () => String(next().value));
    const visits = sent.map((text) => JSON.parse(text) as Visit);
    // As no serialiser of ours would write it.
    const odd =
      `{ "event_id" : "5f0c1a52-9d1f-4f6e-8a51-0f2f8f6f0001","event_type":"visit.ended","cost_usd":1.10,` +
      `"event_ts":"${new Date().toISOString()}","sent_at":"${new Date().toISOString()}","schema_version":"1.0.0",` +
      `"member_id":"MBR\\u002d00000042","region":"EMEA","pati\\u0065nt":{"mrn":"MRN-odd",` +
      `"chart_number":12345678901234567890123,"n\\u0061me":"Zo\\u00eb \\"Q\\" Sample","shoe_size":1e2},"remarks":null}`;
    produce(visitsEventsV1, [...sent, odd]);
    const rows = await collect('visits-events-collector', visitsEventsV1, VISITS + 1);

    expect(rows).toHaveLength(VISITS + 1);
    for (const [index, visit] of visits.entries()) {
      const { OUTCOME, PAYLOAD, PHI_TAGS, LINK_TOKENS, SUBJECT_KEY, EVENT_ID } = rows[index] ?? {};
      expect({ OUTCOME, EVENT_ID, SUBJECT_KEY }).toEqual({
        OUTCOME: 'landed',
        EVENT_ID: visit.event_id,
        SUBJECT_KEY: expected.token('identifier', String(visit.patient.mrn)),
      });
      expect(expected.opened(String(PAYLOAD))).toEqual(expected.of(visit));
      expect(JSON.parse(String(PHI_TAGS))).toEqual(expected.tags(visit));
      expect(JSON.parse(String(LINK_TOKENS))).toEqual({ member: expected.link(String(visit.patient.email)) });
    }

    const { PAYLOAD, PHI_TAGS, LINK_TOKENS } = rows[VISITS] ?? {};
    expect(LINK_TOKENS).toBeNull();
    expect(JSON.parse(String(PHI_TAGS))).toEqual([
      ...['member_id', 'patient.mrn', 'patient.chart_number', 'patient.name', 'patient.*'],
    ]);
    const [, name = ''] = /"n\\u0061me":"([^"]+)"/.exec(String(PAYLOAD)) ?? [];
    expect(PAYLOAD).toBe(
      odd
        .replace('"MBR\\u002d00000042"', `"${expected.token('identifier', 'MBR-00000042')}"`)
        .replace('"MRN-odd"', `"${expected.token('identifier', 'MRN-odd')}"`)
        .replace('12345678901234567890123', `"${expected.token('identifier', '12345678901234567890123')}"`)
        .replace('"Zo\\u00eb \\"Q\\" Sample"', `"${name}"`),
    );

    // Neither in what a reader is given nor in the files, which keep some values outside of compressed pages.
    const [shown] = await askLake(
      lake,
      visitsEventsV1.table,
      'SELECT string_agg(bronze::VARCHAR) AS rows FROM bronze',
    );
    const readable = [
      String(shown?.rows),
      ...filesBelow(lake).map((file) => readFileSync(file, 'latin1')),
    ].join();
    expect(readable).toContain(String(visits[0]?.patient.email));
    const secrets = [
      ...visits.flatMap(secretsOf),
      'MBR-00000042',
      'MRN-odd',
      '12345678901234567890123',
      'Zo\\u00eb',
    ];
    expect(secrets.filter((secret) => readable.includes(secret))).toHaveLength(0);
  });

  it('lands in the same form when a dead letter is replayed', async () => {
    const next = createEventGenerator({ stream: 'auth', seed: 5, partitions: 1, now: Date.now });
    const sent = Array.from({ length: 20 }, () => String(next().value));
    produce(authEventsV1, sent);
    // A collector that does not know their version yet.
    await collect(
      'auth-events-collector',
      { ...authEventsV1, version: '0.9.0', deadLetters: { fuseRatio: 1, fuseRunLength: 1_000 } },
      20,
    );
    const replayed = await runDas(['dlq', 'replay', '--stream', authEventsV1.stream, '--json'], {
      ...collectorEnv({ source: { kind: 'journal', dir: journal }, endpoint: endpoint.url, keys }),
      DAS_LAKE: lake,
      DAS_CLAIM_DIR: join(dir, 'claims'),
      DAS_ACTOR: 'tester',
    });
    expect(replayed).toMatchObject({ code: 0 });
    const rows = await askLake(
      lake,
      authEventsV1.table,
      `SELECT DISTINCT PAYLOAD->>'$.ip' AS ip, PHI_TAGS::VARCHAR AS tags FROM bronze WHERE REPLAY_OF IS NOT NULL`,
    );
    expect(rows).toEqual([{ ip: '203.0.113.0/24', tags: '["ip"]' }]);
    const records = journalRecords(journal, authEventsV1.source.log);
    expect(await recount({ lake, table: authEventsV1.table, records })).toMatchObject({
      ...{ produced: 20, replays: 20, lost: 0, duplicated: 0, altered: 0 },
    });
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}
