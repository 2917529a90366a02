import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { claimsFilesV1 } from '@contracts/brook-health';
import {
  createEventGenerator,
  makeKeys,
  ObjectStore,
  queryLake,
  range,
  startCollector,
  startLocalSnowpipe,
  startMoto,
  until,
  type ManagedProcess,
  type RunKeys,
} from '@das/testing';

const APP = 'claims-files-collector';
const OBJECTS = 12;
const EVENTS = 300;
const KILLS = 5;
const PATIENCE_MS = 90_000;

const dir = mkdtempSync(join(tmpdir(), 'das-claims-'));
const lake = join(dir, 'lake');
const { bucket, prefix } = claimsFilesV1.source as { bucket: string; prefix: string };
let keys: RunKeys;
let moto: ManagedProcess;
let motoUrl: string;
let endpoint: ManagedProcess;
let endpointUrl: string;
let store: ObjectStore;
let started = 0;

beforeAll(async () => {
  keys = makeKeys(join(dir, 'keys'));
  ({ process: moto, url: motoUrl } = await startMoto(join(dir, 'moto.log')));
  store = await ObjectStore.create(motoUrl, bucket);
  ({ process: endpoint, url: endpointUrl } = await startLocalSnowpipe({
    lake,
    logFile: join(dir, 'endpoint.log'),
    args: ['--commit-ms', '50'],
  }));
});

afterAll(async () => {
  store.close();
  await Promise.all([moto.stop(), endpoint.stop()]);
  rmSync(dir, { recursive: true });
});

type Cell = string | number | null | undefined;
type Event = Readonly<Record<string, Cell>>;

async function collector(): Promise<ManagedProcess> {
  const { process } = await startCollector({
    app: APP,
    source: { kind: 's3', url: motoUrl, ledgerTable: bucket },
    endpoint: endpointUrl,
    keys,
    logFile: join(dir, `collector-${started++}.log`),
    env: { S3_LEASE_SECONDS: '2', S3_LIST_SECONDS: '1', S3_TRIES: '100', DAS_DRAIN_SECONDS: '5' },
  });
  return process;
}

/** The same events as rows of CSV: a column for each property, none of which is nested. */
function csvOf(events: readonly Event[]): string {
  const columns = [...new Set(events.flatMap((event) => Object.keys(event)))];
  const cell = (value: Cell): string =>
    value === undefined || value === null ? '' : `"${String(value).replaceAll('"', '""')}"`;
  const rows = events.map((event) => columns.map((column) => cell(event[column])).join(','));
  return [columns.join(','), ...rows].join('\r\n');
}

it('lands every line of every object once, NDJSON and CSV, while collectors are killed', async () => {
  const next = createEventGenerator({ stream: 'claims', seed: 1, partitions: 1, now: Date.now });
  const ids: string[] = [];
  const fleet = [await collector(), await collector()];
  const put = async (index: number): Promise<void> => {
    const events = range(0, EVENTS).map(() => JSON.parse(String(next().value)) as Event);
    ids.push(...events.map(({ event_id }) => String(event_id)));
    const isCsv = index % 2 === 1;
    const text = isCsv ? csvOf(events) : events.map((event) => `${JSON.stringify(event)}\n`).join('');
    await store.put(`${prefix}2026/01/${index}.${isCsv ? 'csv' : 'ndjson'}.gz`, gzipSync(text));
  };
  const committed = async (): Promise<number> => {
    const [row] = await queryLake(lake, claimsFilesV1.table, 'SELECT count(*) AS rows FROM bronze').catch(
      () => [],
    );
    return Number(row?.rows ?? 0);
  };

  for (const index of range(0, OBJECTS)) {
    await put(index);
    if (index % 2 === 0 || index / 2 > KILLS) continue;
    // Once some of what is there has landed, so that a kill meets objects half-way.
    const before = await committed();
    await until('something lands', async () => (await committed()) > before, PATIENCE_MS);
    const [victim] = fleet.splice(0, 1);
    await victim?.kill9();
    fleet.push(await collector());
  }
  const isClosed = async (): Promise<boolean> =>
    (await store.ledger()).filter(({ state }) => state === 'closed').length === OBJECTS;
  await until('every object is done with', isClosed, PATIENCE_MS);
  await until('no notification is left', async () => (await store.messages()) === 0, PATIENCE_MS);
  await Promise.all(fleet.map((process) => process.stop()));

  const rows = await queryLake(
    lake,
    claimsFilesV1.table,
    'SELECT EVENT_ID, OUTCOME, DEAD_REASON, SOURCE_PARTITION, SOURCE_OFFSET FROM bronze',
  );
  expect(rows.filter(({ OUTCOME }) => OUTCOME !== 'landed')).toEqual([]);
  expect(rows.map(({ EVENT_ID }) => String(EVENT_ID)).sort()).toEqual([...ids].sort());
  const places = rows.map(
    ({ SOURCE_PARTITION, SOURCE_OFFSET }) => `${String(SOURCE_PARTITION)}/${String(SOURCE_OFFSET)}`,
  );
  expect(new Set(places).size).toBe(OBJECTS * EVENTS);
  const logs = range(0, started).map((index) => readFileSync(join(dir, `collector-${index}.log`), 'utf8'));
  // No key of an object: people put names of people into them.
  expect(logs.join('\n')).not.toContain(`${prefix}2026`);
  const lines = logs.flatMap((log) => log.split('\n')).filter((line) => line !== '');
  expect(lines.filter((line) => !line.startsWith('{'))).toEqual([]);
});
