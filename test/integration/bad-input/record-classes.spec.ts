import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { stepsOf } from '@das/collector';
import type { StreamContract } from '@das/contracts';
import { ByteBudget, Ingest, type SourceRecord } from '@das/pipeline';
import {
  createEventGenerator,
  ManualClock,
  MemoryLog,
  MemorySink,
  MemorySource,
  silentObserver,
  testKeys,
} from '@das/testing';
import { RECORD_CLASSES, type Event, type Sent } from './record-classes';

const keys = testKeys();
const nothing = (): void => undefined;
const next = createEventGenerator({ stream: 'orders', seed: 1, partitions: 1, now: Date.now });
const goodEvent = (): Event => JSON.parse(String(next().value)) as Event;

/** The rows that these records leave, in memory, between two good neighbours; all in one batch. */
async function rowsOf(records: readonly Sent[], contract: StreamContract = ordersEventsV1) {
  const log = new MemoryLog();
  const sink = new MemorySink();
  const source = new MemorySource(log);
  const fatal: unknown[] = [];
  const neighbour: Sent = { value: Buffer.from(JSON.stringify(goodEvent())) };
  for (const { key: k = null, value, timestampMs = Date.now(), headers = [] } of [
    neighbour,
    ...records,
    neighbour,
  ]) {
    log.records.push({
      position: String(log.records.length),
      key: k,
      value,
      timestampMs: timestampMs > Date.UTC(9999, 11) ? undefined : timestampMs,
      headers: headers.map(([name, bytes]) => [name, bytes ?? Buffer.alloc(0)] as const),
    } satisfies SourceRecord);
  }
  const ingest = new Ingest({
    collector: 'collector',
    version: '1.0.0',
    contract,
    steps: stepsOf({ name: 'collector', version: '1.0.0', contracts: [contract] }, { keys }),
    source,
    sink,
    clock: new ManualClock(Date.now()),
    keys,
    sealer: { seal: () => 'sealed' },
    budget: new ByteBudget({ processBytes: Infinity, partitionBytes: Infinity }),
    observer: silentObserver,
    checkpointMs: 1_000,
    setupRetryMs: 1_000,
    commitPatienceMs: 5_000,
    onSourceFailure: nothing,
    onFatal: (failure) => fatal.push(failure),
  });
  await ingest.start();
  source.take();
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    source.poll(100);
    await new Promise((resolve) => setImmediate(resolve));
    sink.commit();
  }
  expect(fatal).toEqual([]);
  const [first, ...rest] = sink.rows;
  const last = rest.pop();
  // Bad data concerns one record.
  expect([first?.OUTCOME, last?.OUTCOME]).toEqual(['landed', 'landed']);
  expect(last?.SOURCE_OFFSET).toBe(String(records.length + 1));
  return rest;
}

describe('what comes in', () => {
  it.each(RECORD_CLASSES.map((one) => [one.name, one.outcome, one] as const))(
    '%s: %s',
    async (_, outcome, { make }) => {
      const rows = await rowsOf([make(goodEvent(), Date.now())]);
      if (outcome === 'tombstone') {
        expect(rows).toEqual([]);
        return;
      }
      const { OUTCOME, DEAD_REASON = null } = rows[0] ?? {};
      expect({ OUTCOME, DEAD_REASON }).toEqual(
        outcome === 'landed'
          ? { OUTCOME: 'landed', DEAD_REASON: null }
          : { OUTCOME: 'dead', DEAD_REASON: outcome },
      );
    },
  );

  it.each([
    ['freeze', 'dead', 'unknown_field'],
    ['discard', 'landed', undefined],
  ] as const)('an unknown field, `unknownFields: %s`', async (unknownFields, outcome, reason) => {
    const value = Buffer.from(
      `${JSON.stringify(goodEvent()).slice(0, -1)},"a":{"__proto__":1},"__proto__":[2]}`,
    );
    const [row] = await rowsOf([{ value }], { ...ordersEventsV1, unknownFields });
    expect(row).toMatchObject({ OUTCOME: outcome, ...(reason && { DEAD_REASON: reason }) });
    expect(Object.keys(row?.PAYLOAD ?? {})).not.toContain('a');
  });

  it.each([
    ['quarantine', { OUTCOME: 'dead', DEAD_REASON: 'undeclared_phi' }],
    ['allow', { OUTCOME: 'landed' }],
  ] as const)(
    'an e-mail address where none is declared, `undeclaredPhi: %s`',
    async (undeclaredPhi, expected) => {
      const value = Buffer.from(JSON.stringify({ ...goodEvent(), coupon: 'for lost@example.org' }));
      const [row] = await rowsOf([{ value }], { ...ordersEventsV1, undeclaredPhi });
      expect(row).toMatchObject(expected);
      expect(JSON.stringify(row?.PHI_TAGS ?? [])).not.toContain('#');
    },
  );

  it('pollutes nothing', async () => {
    await rowsOf(RECORD_CLASSES.map(({ make }) => make(goodEvent(), Date.now())));
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Event).admin).toBeUndefined();
  });

  it('is nothing at all in an empty batch', async () => {
    expect(await rowsOf([])).toEqual([]);
  });

  it('has a row of its own in docs/bad-input.md, which says the same', () => {
    const page = readFileSync(join(__dirname, '../../../docs/bad-input.md'), 'utf8');
    const rows = [...page.matchAll(/^\| (.+?) +\| (?:(lands)|(?:dead|dropped): `(\w+)`) +\|/gm)].map(
      ([, name, lands, reason]) => `${name}: ${lands === undefined ? reason : 'landed'}`,
    );
    const classes = RECORD_CLASSES.map(({ name, outcome }) => `${name}: ${outcome}`);
    expect(rows).toEqual(expect.arrayContaining(classes));
    expect(rows).toHaveLength(new Set(rows).size);
  });
});
