import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { openKeys, readRing, RefreshedKeys, type RingEntry } from '@das/keys';
import { systemClock, type Ingest } from '@das/pipeline';
import { createJournalSource } from '@das/source-journal';
import {
  collectorEnv,
  createEventGenerator,
  makeKeys,
  ManagedProcess,
  openLandedLake,
  orderRow,
  startLocalSnowpipe,
  until,
  visitsEventsV1,
  type VisitsEventsV1,
} from '@das/testing';
import { runCli } from '../../../apps/das-cli/src/run-cli';
import { RecordedTerminal } from '../../../apps/das-cli/src/testing/recorded-terminal';
import { askLake } from '../ask-lake';
import { inProcess } from '../in-process';

const PURPOSE = 'token:brook_clinic';
const ROOT = join(__dirname, '..', '..', '..');
const REKEYS = { database: visitsEventsV1.table.database, schema: 'OPS', name: 'TOKEN_REKEYS' };
const EVENTS = 6_000;

interface Mapping {
  readonly old: string;
  readonly now: string;
}

/** Events through the real pipeline, the real command, kill -9, and DuckDB to count. */
describe('a re-keying', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-rekey-'));
  const lake = join(dir, 'lake');
  const journal = join(dir, 'journal');
  const files = makeKeys(join(dir, 'keys'), visitsEventsV1.domain);
  const next = createEventGenerator({ stream: 'visits', seed: 11, partitions: 1, now: Date.now });
  /** Who each event is of. */
  const mrns = new Map<string, string>();
  let endpoint: ManagedProcess;
  let env: Readonly<Record<string, string>>;
  let keys: RefreshedKeys;
  let ingest: Ingest;

  beforeAll(async () => {
    mkdirSync(join(journal, visitsEventsV1.source.topic), { recursive: true });
    const started = await startLocalSnowpipe({
      lake,
      logFile: join(dir, 'endpoint.log'),
      args: ['--commit-ms', '100', '--ddl', join(ROOT, 'libs/testing/sql')],
    });
    endpoint = started.process;
    env = {
      ...collectorEnv({ source: { kind: 'journal', dir: journal }, endpoint: started.url, keys: files }),
      DAS_LAKE: lake,
      DAS_ACTOR: 'tester',
    };
    // It looks when the test says so.
    keys = await RefreshedKeys.open({
      open: () => openKeys(files.phiKeyFile),
      clock: systemClock,
      refreshMs: 3_600_000,
      onLook: (failure) => {
        if (failure !== undefined) throw failure;
      },
    });
    ({ ingest } = inProcess({
      declaration: { name: 'visits', version: '1.0.0', contracts: [visitsEventsV1] },
      source: createJournalSource({
        dir: journal,
        topic: visitsEventsV1.source.topic,
        consumer: 'visits',
        pollMs: 20,
      }),
      endpoint: started.url,
      keys: files,
      claims: join(dir, 'claims'),
      provider: keys,
    }));
    await ingest.start();
    await land(EVENTS);
  });
  afterAll(async () => {
    await ingest.stop(10_000);
    keys.stop();
    await endpoint.stop();
    rmSync(dir, { recursive: true });
  });

  const ring = (): readonly RingEntry[] =>
    readRing(files.phiKeyFile).filter(({ purpose }) => purpose === PURPOSE);
  const bronze = async (sql: string) => askLake(lake, visitsEventsV1.table, sql);

  /** Events, landed and committed. */
  async function land(count: number): Promise<void> {
    const lines = Array.from({ length: count }, () => {
      const line = next().value?.toString() ?? '';
      const event = JSON.parse(line) as VisitsEventsV1;
      mrns.set(event.event_id, event.patient.mrn);
      return `${line}\n`;
    });
    appendFileSync(join(journal, visitsEventsV1.source.topic, '0.ndjson'), lines.join(''));
    await until(`${mrns.size} events`, async () => {
      const [row] = await bronze(
        `SELECT count(DISTINCT EVENT_ID)::INT AS n FROM bronze WHERE OUTCOME = 'landed'`,
      );
      return row?.n === mrns.size;
    });
  }

  function das(...args: readonly string[]): ManagedProcess {
    return ManagedProcess.start({
      name: 'das',
      command: process.execPath,
      args: ['--import', 'tsx', join(__dirname, 'das-with-visits.ts'), 'keys', 'rekey', ...args],
      env,
      logFile: join(dir, 'das.log'),
    });
  }

  /** In this process, where it is not to be killed: it begins at once. */
  async function done<T>(...args: readonly string[]): Promise<T> {
    const terminal = new RecordedTerminal();
    const code = await runCli(['keys', 'rekey', ...args, '--json'], {
      env,
      terminal,
      contracts: [visitsEventsV1],
      signal: new AbortController().signal,
    });
    expect([code, terminal.out === '' ? terminal.lines : []]).toEqual([0, []]);
    return JSON.parse(terminal.out) as T;
  }

  /** Every token of a key that stands anywhere in BRONZE: found by its form, not by the contract. */
  async function tokensOf(prefix: string, key: string, column = 'PAYLOAD'): Promise<ReadonlySet<string>> {
    const form = `${prefix}[.]${key.replaceAll('.', '[.]')}[.][A-Za-z0-9_-]{43}`;
    const rows = await bronze(
      `SELECT DISTINCT unnest(regexp_extract_all(concat(${column}::VARCHAR, ' ', SUBJECT_KEY), '${form}')) AS t FROM bronze`,
    );
    return new Set(rows.map(({ t }) => String(t)));
  }

  async function mappings(to: string): Promise<readonly Mapping[]> {
    const rows = await askLake(
      lake,
      REKEYS,
      `SELECT OLD_TOKEN, NEW_TOKEN FROM bronze WHERE TO_KEY = '${to}'`,
    );
    return rows.map(({ OLD_TOKEN, NEW_TOKEN }) => ({ old: String(OLD_TOKEN), now: String(NEW_TOKEN) }));
  }

  /** The tokens of each person, by the key that made them; of a person, a key makes one. */
  async function people(): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
    const found = new Map<string, Map<string, string>>();
    for (const { EVENT_ID, token } of await bronze(
      `SELECT EVENT_ID, json_extract_string(PAYLOAD, '$.patient.mrn') AS token FROM bronze`,
    )) {
      const mrn = mrns.get(String(EVENT_ID)) ?? 'nobody';
      const tokens = found.get(mrn) ?? new Map<string, string>();
      const text = String(token);
      const key = text.slice(4, -44);
      expect(tokens.get(key) ?? text).toBe(text);
      found.set(mrn, tokens.set(key, text));
    }
    return found;
  }

  it('plans without changing anything', async () => {
    const before = readFileSync(files.phiKeyFile, 'utf8');
    const { places, key } = await done<{ key: string; places: readonly Record<string, unknown>[] }>(
      PURPOSE,
      '--dry-run',
    );
    const [first] = ring();
    expect(key).toBe(first?.id);
    const people = new Set(mrns.values()).size;
    const at = (place: string) => ({
      domain: 'brook_clinic',
      stream: 'visits_events_v1',
      place,
      key,
      generation: 'present',
      tokens: people,
    });
    for (const place of ['patient.mrn', 'member_id', 'patient.chart_number', 'SUBJECT_KEY'])
      expect(places).toContainEqual(at(place));
    expect(places).toContainEqual({ ...at('contacts[].phones[]'), tokens: 100 });
    expect(places).toHaveLength(5);
    expect(readFileSync(files.phiKeyFile, 'utf8')).toBe(before);
    expect(await askLake(lake, REKEYS, 'SELECT 1 FROM bronze')).toEqual([]);
  });

  it('maps every earlier token once, through three kills and tokens that come late', async () => {
    const first = ring()[0]?.id ?? '';
    let run = das(PURPOSE, '--until', 'activated', '--wait', '600', '--yes');
    await until('the key waits', () => ring().at(-1)?.state === 'pending');
    await run.kill9();
    run = das(PURPOSE, '--until', 'activated', '--wait', '1', '--yes');
    await until('the key is used', () => ring().length === 2 && ring().at(-1)?.state === 'active');
    await run.kill9();
    run = das(PURPOSE, '--wait', '10', '--yes');
    const log = (): string => readFileSync(join(dir, 'das.log'), 'utf8');
    await until('it maps', () => log().includes('mapped 5,000'));
    await run.kill9();

    // A collector that has not looked at the ring yet.
    await land(300);
    const second = ring()[1]?.id ?? '';
    expect((await people()).size).toBe(new Set(mrns.values()).size);
    expect((await tokensOf('tok', second)).size).toBe(0);
    const finishing = done<{ mapped: number; key: string; step: string }>(PURPOSE, '--wait', '10', '--yes');
    await land(300);
    await keys.look();
    await land(600);
    const { mapped, key, step } = await finishing;

    expect([key, step, ring().length]).toEqual([second, 'done', 2]);
    const earlier = await tokensOf('tok', first);
    const rows = await mappings(second);
    expect(mapped).toBe(earlier.size);
    expect(rows).toHaveLength(earlier.size);
    expect(new Set(rows.map(({ old }) => old))).toEqual(earlier);

    const now = new Map(rows.map(({ old, now: token }) => [old, token]));
    let met = 0;
    for (const tokens of (await people()).values()) {
      const [one, two] = [tokens.get(first), tokens.get(second)];
      if (one === undefined || two === undefined) continue;
      expect(now.get(one)).toBe(two);
      met++;
    }
    expect(met).toBeGreaterThan(100);
  });

  it('finds nothing more to map, and begins no key of its own, when asked again', async () => {
    const before = (await mappings(ring()[1]?.id ?? '')).length;
    const { mapped, passes } = await done<{ mapped: number; passes: number }>(
      PURPOSE,
      '--again',
      '--wait',
      '1',
    );
    expect([mapped, passes, ring().length]).toEqual([before, 1, 2]);
  });

  it('takes what it made itself to the next key, and all that is older', async () => {
    const [first, second] = ring().map(({ id }) => id) as [string, string];
    const made = new Set((await mappings(second)).map(({ now }) => now));
    const { key, mapped } = await done<{ key: string; mapped: number }>(PURPOSE, '--wait', '1', '--yes');
    const earlier = new Set([...(await tokensOf('tok', first)), ...(await tokensOf('tok', second)), ...made]);
    const rows = await mappings(key);
    expect([mapped, rows.length]).toEqual([earlier.size, earlier.size]);
    expect(new Set(rows.map(({ old }) => old))).toEqual(earlier);
    const now = new Map(rows.map(({ old, now: token }) => [old, token]));
    for (const { old, now: token } of await mappings(second)) expect(now.get(old)).toBe(now.get(token));
  });

  it('maps link tokens in the domain where they landed', async () => {
    const [former] = readRing(files.phiKeyFile).filter(({ purpose }) => purpose === 'link');
    const earlier = await tokensOf('lnk', former?.id ?? '', 'LINK_TOKENS');
    const { key, mapped } = await done<{ key: string; mapped: number }>('link', '--wait', '1', '--yes');
    expect(earlier.size).toBeGreaterThan(100);
    expect(mapped).toBe(earlier.size);
    expect(new Set((await mappings(key)).map(({ old }) => old))).toEqual(earlier);
  });

  it('is refused where a mask hides the payloads, before a key is made', async () => {
    const hidden = join(dir, 'hidden');
    const landed = await openLandedLake(hidden);
    const row = orderRow({ id: 'o1', type: 'order.created', at: '10:00' });
    await landed.land('orders', [{ ...row, PAYLOAD: null }], 1);
    landed.close();
    const before = readFileSync(files.phiKeyFile, 'utf8');
    const terminal = new RecordedTerminal();
    const code = await runCli(['keys', 'rekey', 'link', '--yes'], {
      env: { ...env, DAS_LAKE: hidden },
      terminal,
      contracts: [ordersEventsV1],
      signal: new AbortController().signal,
    });
    expect(code).not.toBe(0);
    expect(terminal.lines.join('\n')).toContain(
      'BROOK_COMMERCE.BRONZE.ORDERS_EVENTS_V1 shows this role no payloads, and so no tokens: ask as TRANSFORMER',
    );
    expect(readFileSync(files.phiKeyFile, 'utf8')).toBe(before);
  });
});
