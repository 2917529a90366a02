import type { StreamContract } from '@das/contracts';
import { ManualClock, MemoryLog, MemorySink, MemorySource, silentObserver } from '@das/testing';
import { ByteBudget, Ingest, parse, type PipelineObserver } from './index';

const RUN = 3;
const contract = {
  stream: 'test_v1',
  version: '1.0.0',
  paths: { eventId: ['id'], eventType: ['type'], eventTs: ['ts'], schemaVersion: ['v'], subjectKey: ['id'] },
  startFrom: 'earliest',
  onGap: 'stop',
  onOffsetRegression: 'stop',
  deadLetters: { fuseRatio: 0.5, fuseRunLength: RUN },
  headers: [],
  classification: 'internal',
} as unknown as StreamContract;
const key = { id: 'k', material: new Uint8Array(32) };

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** One collector on a log of one partition, with the fuse's events. */
async function start() {
  const log = new MemoryLog();
  const sink = new MemorySink();
  const source = new MemorySource(log);
  const clock = new ManualClock();
  const events: string[] = [];
  const nothing = (): void => undefined;
  const observer: PipelineObserver = {
    ...silentObserver,
    rejected: (_, rows) => events.push(`rejected ${rows}`),
    failed: (_, { code }) => events.push(`failed ${code}`),
    fuseBlown: (partition, _, again) => events.push(`${again ? 'still blown' : 'blown'} ${partition}`),
    fuseReset: (partition) => events.push(`reset ${partition}`),
  };
  const ingest = new Ingest({
    collector: 'collector',
    version: '1.0.0',
    contract,
    steps: [parse()],
    source,
    sink,
    clock,
    keys: { current: () => key, find: () => key },
    sealer: { seal: () => 'sealed' },
    budget: new ByteBudget({ processBytes: 1_000_000, partitionBytes: 1_000_000 }),
    observer,
    checkpointMs: 1_000,
    setupRetryMs: 1_000,
    commitPatienceMs: 5_000,
    onSourceFailure: nothing,
    onFatal: nothing,
  });
  await ingest.start();
  source.take();
  await settle();
  return {
    log,
    sink,
    source,
    clock,
    events,
    ingest,
    /** `x`: refused. */
    produce: (outcomes: string) => {
      for (const outcome of outcomes) log.append(outcome === 'x' ? 'not json' : '{"id":"a"}');
    },
    poll: async () => {
      source.poll(100);
      await settle();
      sink.commit();
      await settle();
    },
    rows: () => sink.rows.map(({ SOURCE_OFFSET, OUTCOME }) => `${String(SOURCE_OFFSET)} ${String(OUTCOME)}`),
    reason: () => ingest.health().partitions[0]?.failure?.line,
  };
}

describe('a blown fuse', () => {
  it('stops reading at the record that blew it; what was settled before lands', async () => {
    const { produce, poll, rows, events, ingest, reason } = await start();
    produce('.xxx..xx');
    await poll();
    await poll();
    expect(rows()).toEqual(['0 landed', '1 dead', '2 dead', '3 dead']);
    expect(events).toEqual(['blown 0']);
    expect(ingest.health().partitions).toEqual([expect.objectContaining({ running: false, partition: '0' })]);
    expect(reason()).toMatch(
      /^fuse_blown: reading of partition 0 stopped: 3 of 3 records in a row were refused: not_json 3 \(.*das fuse reset/,
    );
  });

  it('goes on after that record once it is reset, with a whole fuse', async () => {
    const { produce, poll, rows, events, ingest } = await start();
    produce('xxx.xx...');
    await poll();
    expect(ingest.resetFuses('7')).toEqual([]);
    expect(ingest.resetFuses('0')).toEqual(['0']);
    expect(ingest.resetFuses()).toEqual([]);
    await poll();
    expect(rows()).toHaveLength(9);
    expect(new Set(rows()).size).toBe(9);
    expect(ingest.health().partitions[0]).toMatchObject({ running: true, failure: undefined });
    expect(events).toEqual(['blown 0', 'reset 0']);
  });

  it('waits for the reset, not for a timer', async () => {
    const { produce, poll, rows, clock } = await start();
    produce('xxx...');
    await poll();
    for (let hour = 0; hour < 5; hour++) {
      clock.advance(3_600_000);
      await poll();
    }
    expect(rows()).toHaveLength(RUN);
  });

  it('stays blown over a reopening of the channel, and loses nothing by it', async () => {
    const { produce, source, poll, rows, events, ingest, sink, clock } = await start();
    produce('xxx...');
    source.poll(100);
    // Nothing of it was committed: it is read again, after the reset.
    sink.crash();
    await settle();
    clock.advance(60_000);
    await settle();
    await poll();
    expect(rows()).toEqual([]);
    expect(events).toEqual(['blown 0', 'failed restarted', 'still blown 0']);
    expect(ingest.health().partitions[0]).toMatchObject({ running: false });
    ingest.resetFuses();
    await poll();
    expect(rows()).toHaveLength(RUN);
    expect(ingest.resetFuses()).toEqual(['0']);
    await poll();
    expect(rows()).toHaveLength(6);
  });

  it('stays blown over a rebalance away and back', async () => {
    const { produce, log, source, poll, rows, ingest } = await start();
    produce('xxx...');
    await poll();
    log.owner = undefined;
    source.learnOfLoss();
    expect(ingest.health().partitions).toEqual([]);
    expect(ingest.fuseStates()).toEqual([{ partition: '0', blown: expect.anything() as unknown }]);
    source.take();
    await settle();
    await poll();
    expect(rows()).toHaveLength(RUN);
    ingest.resetFuses();
    await poll();
    expect(rows()).toHaveLength(6);
  });

  it('does not count what is read again', async () => {
    const { produce, source, poll, rows, events, sink, clock } = await start();
    produce('xx');
    for (let opening = 0; opening < 4; opening++) {
      source.poll(100);
      sink.crash();
      await settle();
      clock.advance(60_000);
      await settle();
    }
    produce('..');
    await poll();
    expect(rows()).toHaveLength(4);
    expect(events).not.toContain('blown 0');
  });

  it('is blown by rows that the table rejects, too', async () => {
    const { produce, poll, events, sink, rows, reason } = await start();
    sink.rowsRejected = RUN;
    produce('....');
    await poll();
    produce('....');
    await poll();
    expect(events).toEqual(['rejected 3', 'blown 0']);
    expect(reason()).toContain('rejected 3');
    expect(rows()).toHaveLength(4);
  });

  it('is not the only one to hear of rows that were rejected while the channel was reopened', async () => {
    const { produce, poll, events, sink, clock } = await start();
    produce('....');
    await poll();
    sink.rowsRejected = 2;
    sink.crash();
    await settle();
    clock.advance(60_000);
    await settle();
    produce('....');
    await poll();
    expect(events).toEqual(['failed restarted', 'rejected 2']);
  });

  it('lets a collector drain', async () => {
    const { produce, source, ingest, sink, rows } = await start();
    produce('xxx...');
    source.poll(100);
    await settle();
    const stopped = ingest.stop(10_000);
    sink.commit();
    expect(await stopped).toBe(true);
    expect(rows()).toHaveLength(RUN);
  });
});

describe('a drain', () => {
  it('ends at once with a failure that nobody understands, and does not wait out its bound', async () => {
    const { produce, source, sink, ingest, events } = await start();
    produce('..');
    sink.appendFaults.push(new Error('an answer that is not documented'));
    source.poll(100);
    // The append fails while the drain waits for its commit.
    expect(await ingest.stop(1_000_000)).toBe(true);
    expect(events).toEqual(['failed unclassified']);
  });
});
