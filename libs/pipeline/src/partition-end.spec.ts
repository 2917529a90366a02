import type { StreamContract } from '@das/contracts';
import { ManualClock, MemoryLog, MemorySink, MemorySource, silentObserver } from '@das/testing';
import { ByteBudget, Failure, Ingest, parse, type Checkpoint } from './index';

const contract = {
  stream: 'test_v1',
  version: '1.0.0',
  paths: { eventId: ['id'], eventType: ['type'], eventTs: ['ts'], schemaVersion: ['v'], subjectKey: ['id'] },
  startFrom: 'earliest',
  onGap: 'stop',
  onOffsetRegression: 'stop',
  deadLetters: { fuseRatio: 0.5, fuseRunLength: 100 },
  headers: [],
  classification: 'internal',
} as unknown as StreamContract;
const key = { id: 'k', material: new Uint8Array(32) };
const CHANNEL = 'collector__test_v1__1__0';

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A log that ends, its sink, and what happened to either, in order. */
class World {
  readonly log = new MemoryLog();
  readonly effects: string[] = [];
  readonly clock = new ManualClock();
  /** Drops fail with these, one each. */
  readonly dropFaults: Error[] = [];
  readonly sink = new (class extends MemorySink {
    constructor(private readonly world: World) {
      super();
    }
    override async open(...given: Parameters<MemorySink['open']>): ReturnType<MemorySink['open']> {
      this.world.effects.push('open');
      return super.open(...given);
    }
    override async drop(name: string): Promise<void> {
      const fault = this.world.dropFaults.shift();
      this.world.effects.push(fault === undefined ? `drop ${name}` : 'drop fails');
      if (fault !== undefined) throw fault;
      await super.drop(name);
    }
  })(this);

  constructor(...values: (string | null)[]) {
    this.log.closed = true;
    for (const value of values) this.log.append(value);
    const { effects, log } = this;
    let kept: Checkpoint | undefined;
    Object.defineProperty(log, 'checkpoint', {
      get: () => kept,
      set: (next: Checkpoint) => {
        kept = next;
        effects.push(`${next.kind} ${next.position}`);
      },
    });
    let finished = false;
    Object.defineProperty(log, 'finished', {
      get: () => finished,
      set: () => {
        finished = true;
        effects.push('finished');
      },
    });
  }

  async collector() {
    const source = new MemorySource(this.log);
    const nothing = (): void => undefined;
    const ingest = new Ingest({
      collector: 'collector',
      version: '1.0.0',
      contract,
      steps: [parse()],
      source,
      sink: this.sink,
      clock: this.clock,
      keys: { current: () => key, find: () => key },
      sealer: { seal: () => 'sealed' },
      budget: new ByteBudget({ processBytes: 1_000_000, partitionBytes: 1_000_000 }),
      observer: silentObserver,
      checkpointMs: 1_000,
      setupRetryMs: 1_000,
      commitPatienceMs: 5_000,
      onSourceFailure: nothing,
      onFatal: nothing,
    });
    await ingest.start();
    source.take();
    await settle();
    const readToTheEnd = async (): Promise<void> => {
      source.poll(100);
      await settle();
    };
    return { source, ingest, readToTheEnd };
  }

  async commit(): Promise<void> {
    this.sink.commit();
    await settle();
  }
}

const EVENT = '{"id":"a"}';

describe('a partition that ends', () => {
  it('is done with once everything is committed, in this order', async () => {
    const world = new World(EVENT, EVENT);
    const { ingest, readToTheEnd } = await world.collector();
    await readToTheEnd();
    expect(world.effects).toEqual(['open', 'started -1']);
    await world.commit();
    expect(world.effects.slice(2)).toEqual(['done 1', `drop ${CHANNEL}`, 'finished']);
    expect(world.sink.rows).toHaveLength(2);
    expect(world.sink.channelNames()).toEqual([]);
    expect(ingest.health().partitions).toEqual([]);
    expect(ingest.fuseStates()).toEqual([]);
  });

  it.each([
    { values: [], rows: 0 },
    { values: [null, null], rows: 0 },
    { values: [EVENT, null], rows: 1 },
  ])('is done with when its last records leave no row: %j', async ({ values, rows }) => {
    const world = new World(...values);
    const { readToTheEnd } = await world.collector();
    await readToTheEnd();
    await world.commit();
    expect(world.effects.slice(-3)).toEqual([`done ${values.length - 1}`, `drop ${CHANNEL}`, 'finished']);
    expect(world.sink.rows).toHaveLength(rows);
  });

  it('goes on with what is missing when a step fails, and reads nothing again', async () => {
    const world = new World(EVENT);
    world.dropFaults.push(new Failure('transient', 'busy', 'not now'));
    const { readToTheEnd } = await world.collector();
    await readToTheEnd();
    await world.commit();
    expect(world.effects.slice(-2)).toEqual(['done 0', 'drop fails']);
    world.clock.advance(60_000);
    await settle();
    expect(world.effects.slice(-2)).toEqual([`drop ${CHANNEL}`, 'finished']);
    expect(world.effects.filter((effect) => effect === 'open')).toHaveLength(1);
    expect(world.sink.rows).toHaveLength(1);
  });

  it('is taken up by another process where the first one died', async () => {
    const world = new World(EVENT);
    world.dropFaults.push(new Failure('transient', 'busy', 'not now'));
    const { readToTheEnd } = await world.collector();
    await readToTheEnd();
    await world.commit();
    await world.collector();
    expect(world.effects.slice(-2)).toEqual([`drop ${CHANNEL}`, 'finished']);
    expect(world.effects.filter((effect) => effect === 'open')).toHaveLength(1);
  });

  it('is done with when it ends after retention took all that was committed', async () => {
    const world = new World(EVENT, EVENT);
    // A shard is closed some time after its last record.
    world.log.closed = false;
    const first = await world.collector();
    await first.readToTheEnd();
    await world.commit();
    await first.ingest.stop(0);
    world.log.trimmed = 2;
    world.log.closed = true;
    const { ingest, readToTheEnd } = await world.collector();
    await readToTheEnd();
    expect(ingest.health().partitions).toEqual([]);
    expect(world.effects.slice(-3)).toEqual(['done 1', `drop ${CHANNEL}`, 'finished']);
    expect(world.sink.rows).toHaveLength(2);
  });

  it('leaves no channel behind where somebody else has finished it meanwhile', async () => {
    const world = new World(EVENT);
    const source = await world.collector();
    // Read before the other process wrote it, and again after the channel was made anew.
    world.log.checkpoint = { position: '0', kind: 'done' };
    world.sink.crash();
    world.clock.advance(60_000);
    await settle();
    expect(world.sink.channelNames()).toEqual([]);
    expect(world.sink.rows).toHaveLength(0);
    expect(source.ingest.health().partitions).toEqual([]);
  });

  it('is drained with its end, so that nobody reads it again', async () => {
    const world = new World(EVENT);
    const { ingest, readToTheEnd } = await world.collector();
    await readToTheEnd();
    const stopped = ingest.stop(10_000);
    await world.commit();
    expect(await stopped).toBe(true);
    expect(world.effects.slice(-3)).toEqual(['done 0', `drop ${CHANNEL}`, 'finished']);
  });
});
