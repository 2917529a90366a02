import type { StreamContract } from '@das/contracts';
import { ManualClock, MemoryLog, MemorySink, MemorySource, silentObserver } from '@das/testing';
import fc from 'fast-check';
import { ByteBudget, ChannelInvalidated, Failure, Ingest, parse, type KeyProvider } from './index';

const FUSES: readonly StreamContract['deadLetters'][] = [
  { fuseRatio: 1, fuseRunLength: 1_000_000 },
  { fuseRatio: 0.5, fuseRunLength: 2 },
  { fuseRatio: 1, fuseRunLength: 1 },
];

const contract = {
  stream: 'test_v1',
  version: '1.0.0',
  paths: { eventId: ['id'], eventType: ['type'], eventTs: ['ts'], schemaVersion: ['v'], subjectKey: ['id'] },
  startFrom: 'earliest',
  onGap: 'stop',
  onOffsetRegression: 'stop',
  headers: [],
  classification: 'internal',
} as unknown as StreamContract;

const key = { id: 'k', material: new Uint8Array(32) };
const keys: KeyProvider = { current: () => key, find: () => key };
const nothing = (): void => undefined;
/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

class World {
  readonly log = new MemoryLog();
  readonly clock = new ManualClock();
  readonly fatal: Failure[] = [];
  private instances: { source: MemorySource; ingest: Ingest }[] = [];

  constructor(
    readonly sink: MemorySink,
    private readonly budgetBytes: number,
    private readonly deadLetters: StreamContract['deadLetters'],
  ) {}

  private async instance(index: number): Promise<{ source: MemorySource; ingest: Ingest }> {
    for (let known = this.instances.length; known <= index; known++) {
      const source = new MemorySource(this.log);
      const ingest = new Ingest({
        collector: 'collector',
        version: '1.0.0',
        contract: { ...contract, deadLetters: this.deadLetters },
        steps: [parse()],
        source,
        sink: this.sink,
        clock: this.clock,
        keys,
        sealer: { seal: () => 'sealed' },
        budget: new ByteBudget({ processBytes: this.budgetBytes, partitionBytes: this.budgetBytes }),
        observer: silentObserver,
        checkpointMs: 1_000,
        setupRetryMs: 1_000,
        commitPatienceMs: 5_000,
        onSourceFailure: nothing,
        onFatal: (failure) => this.fatal.push(failure),
      });
      this.instances[known] = { source, ingest };
      await ingest.start();
    }
    return this.instances[index] as { source: MemorySource; ingest: Ingest };
  }

  async act(action: Action): Promise<void> {
    switch (action.kind) {
      case 'produce':
        for (const value of action.values) this.log.append(value);
        break;
      case 'take':
        (await this.instance(action.instance)).source.take();
        break;
      case 'learn':
        (await this.instance(action.instance)).source.learnOfLoss();
        break;
      case 'poll':
        (await this.instance(action.instance)).source.poll(action.count);
        break;
      case 'reset':
        (await this.instance(action.instance)).ingest.resetFuses();
        break;
      case 'commit':
        this.sink.commit();
        break;
      case 'advance':
        this.clock.advance(action.ms);
        break;
      case 'crash':
        // kill -9: whatever the instance held is gone, and a new one joins.
        this.instances[action.instance] = undefined as never;
        this.instances = this.instances.filter((instance) => (instance as unknown) !== undefined);
        break;
      case 'endpoint-crash':
        this.sink.crash();
        break;
      case 'usurp':
        this.sink.usurp();
        break;
      case 'append-fault':
        this.sink.appendFaults.push(
          action.invalidated
            ? new ChannelInvalidated('stale', 'stale')
            : new Failure('transient', 'unavailable', 'x'),
        );
        break;
      case 'lost-answer':
        this.sink.lostAnswers++;
        break;
    }
    if (action.wait) await settle();
  }

  /** No more faults: one healthy instance must bring everything home. */
  async finish(): Promise<void> {
    this.sink.appendFaults.length = 0;
    this.sink.lostAnswers = 0;
    const { source, ingest } = await this.instance(0);
    for (const { source: other } of this.instances) if (other !== source) other.learnOfLoss();
    source.take();
    for (let round = 0; round < 200; round++) {
      await settle();
      ingest.resetFuses();
      source.poll(7);
      await settle();
      // Also of the last rows, after which nothing comes that would find it out.
      if (round < 3) this.sink.usurp();
      this.sink.commit();
      this.clock.advance(1_000);
      const { committedToken } =
        (await this.sink.statuses(this.sink.channelNames())).values().next().value ?? {};
      if (committedToken?.startsWith(`${this.log.records.length - 1}~`) === true) return;
    }
  }
}

const value = fc.constantFrom(
  '{"id":"a"}',
  '{"id":"b","pad":"xxxxxxxxxxxxxxxxxxxxxxxxxxx"}',
  'not json',
  null,
);
const instance = fc.integer({ min: 0, max: 2 });
const wait = fc.boolean();
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('produce' as const),
      values: fc.array(value, { maxLength: 6, size: 'max' }),
      wait,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('take' as const), instance, wait }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('learn' as const), instance, wait }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('poll' as const),
      instance,
      count: fc.integer({ min: 1, max: 5 }),
      wait,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const), instance, wait }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('commit' as const), wait }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.integer({ min: 1, max: 3_000 }),
      wait,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), instance, wait }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('endpoint-crash' as const), wait }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('usurp' as const), wait }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('append-fault' as const), invalidated: fc.boolean(), wait }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lost-answer' as const), wait }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

describe('whatever is interleaved', () => {
  it('every record that leaves a row leaves one, in order: read = landed + dead + dropped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 5, maxLength: 80, size: 'max' }),
        fc.constantFrom(700, 2_000, 4_000_000),
        fc.constantFrom(600, 1_500, 4_000_000),
        fc.constantFrom(...FUSES),
        async (actions, maxAppendBytes, budgetBytes, fuse) => {
          const world = new World(new MemorySink({ maxAppendBytes }), budgetBytes, fuse);
          for (const step of actions) await world.act(step);
          world.log.append('{"id":"last"}');
          await world.finish();

          const expected = world.log.records.flatMap(({ position, value: bytes }) => {
            if (bytes === null) return [];
            return [{ position, outcome: Buffer.from(bytes).toString() === 'not json' ? 'dead' : 'landed' }];
          });
          const actual = world.sink.rows.map((row) => ({
            position: row.SOURCE_OFFSET,
            outcome: row.OUTCOME,
          }));
          expect(actual).toEqual(expected);
          expect(world.fatal).toEqual([]);
          expect(world.sink.channelNames()).toEqual(['collector__test_v1__1__0']);
        },
      ),
      { numRuns: 400 },
    );
  });
});
