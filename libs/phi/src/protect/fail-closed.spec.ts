import { ByteBudget, Ingest, parse, type Failure, type KeyProvider } from '@das/pipeline';
import {
  ManualClock,
  MemoryLog,
  MemorySink,
  MemorySource,
  silentObserver,
  testKeys,
  visitsEventsV1,
} from '@das/testing';
import { protect } from './protect';

const SECRET = 'MBR-sample-0001';

describe('what cannot be protected', () => {
  it('does not land, and stops the collector, which says nothing of it', async () => {
    let works = true;
    const keys: KeyProvider = {
      current(purpose) {
        // What a broken provider may throw: nobody classified it, and it holds what it should not.
        if (!works && purpose.startsWith('token:')) throw new TypeError(SECRET);
        return testKeys().current(purpose);
      },
      find: () => undefined,
    };
    const log = new MemoryLog();
    const sink = new MemorySink();
    const source = new MemorySource(log);
    const clock = new ManualClock(0);
    const fatal: Failure[] = [];
    const ingest = new Ingest({
      collector: 'collector',
      version: '1.0.0',
      contract: visitsEventsV1,
      steps: [parse(), protect([visitsEventsV1], { keys, clock })],
      source,
      sink,
      clock,
      keys,
      sealer: { seal: () => 'sealed' },
      budget: new ByteBudget({ processBytes: Infinity, partitionBytes: Infinity }),
      observer: silentObserver,
      checkpointMs: 1_000,
      setupRetryMs: 1_000,
      commitPatienceMs: 5_000,
      onSourceFailure: () => undefined,
      onFatal: (failure) => fatal.push(failure),
    });
    const send = async (event: object): Promise<void> => {
      const value = Buffer.from(JSON.stringify(event));
      log.records.push({
        position: String(log.records.length),
        key: null,
        value,
        timestampMs: 0,
        headers: [],
      });
      for (let round = 0; round < 4; round++) {
        await new Promise((resolve) => setImmediate(resolve));
        source.poll(100);
        await new Promise((resolve) => setImmediate(resolve));
        sink.commit();
      }
    };
    await ingest.start();
    source.take();

    await send({ member_id: 'MBR-sample-0000' });
    expect(sink.rows).toHaveLength(1);
    expect(JSON.stringify(sink.rows)).not.toContain('MBR-sample');

    works = false;
    await send({ remarks: 'sample', member_id: SECRET });
    expect(sink.rows).toHaveLength(1);
    expect(fatal).toMatchObject([{ kind: 'unknown' }]);
    expect(fatal[0]?.line).not.toContain('MBR');
  });
});
