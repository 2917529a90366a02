import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamContract } from '@das/contracts';
import { ByteBudget, Ingest, parse, systemClock } from '@das/pipeline';
import {
  type Death,
  MemorySink,
  MortalHandler,
  mortalSink,
  MortalSteps,
  type ObjectStore,
  range,
  silentObserver,
  until,
} from '@das/testing';
import { PREFIX, S3Fixture } from './fixture';

const s3 = S3Fixture.forThisFile();

const contract = {
  stream: 'claims_files_v1',
  version: '1.0.0',
  paths: { eventId: ['id'], eventType: ['type'], eventTs: ['ts'], schemaVersion: ['v'], subjectKey: ['id'] },
  startFrom: 'earliest',
  onGap: 'stop',
  onOffsetRegression: 'stop',
  deadLetters: { fuseRatio: 0.5, fuseRunLength: 1000 },
  headers: [],
  classification: 'internal',
} as unknown as StreamContract;
const key = { id: 'k', material: new Uint8Array(32) };
const LINES = 3;
const SIDE_BY_SIDE = 10;
const SHORT_LEASE_MS = 400;
/** A life that no step ends. */
const immortal = (): MortalSteps => new MortalSteps('after', Infinity);

function collector({ store, sink }: World, life: MortalSteps, leaseMs: number): Ingest {
  return new Ingest({
    collector: 'claims-files-collector',
    version: '1.0.0',
    contract,
    steps: [parse()],
    source: s3.source(store, {
      requestHandler: new MortalHandler(life),
      leaseMs,
      listEveryMs: 150,
      maxTries: 100,
    }),
    sink: mortalSink(sink, life),
    clock: systemClock,
    keys: { current: () => key, find: () => key },
    sealer: { seal: () => 'sealed' },
    budget: new ByteBudget({ processBytes: 1_000_000, partitionBytes: 1_000_000 }),
    observer: silentObserver,
    checkpointMs: 20,
    setupRetryMs: 100,
    commitPatienceMs: 1_000,
    onSourceFailure: () => undefined,
    onFatal: () => undefined,
  });
}

/** A bucket with one object, a sink that commits, and what came of them. */
class World {
  readonly sink = new MemorySink();
  private readonly commits = setInterval(() => {
    this.sink.commit();
  }, 5);

  private constructor(readonly store: ObjectStore) {}

  static async create(): Promise<World> {
    const store = await s3.newStore();
    const lines = range(0, LINES).map((id) => `{"id":"${id}"}\n`);
    await store.put(`${PREFIX}one.ndjson`, lines.join(''));
    return new World(store);
  }

  async isClosed(): Promise<boolean> {
    return (await this.store.ledger())[0]?.state === 'closed';
  }

  async isOver(): Promise<boolean> {
    return (await this.isClosed()) && (await this.store.messages()) === 0;
  }

  end() {
    clearInterval(this.commits);
    return {
      lines: this.sink.rows.map(({ SOURCE_OFFSET }) => Number(SOURCE_OFFSET)),
      channels: this.sink.channelNames(),
    };
  }
}

/** One instance comes to grief at a step, another one does the rest. */
async function live(death: Death, at: number) {
  const world = await World.create();
  const life = new MortalSteps(death, at);
  const first = collector(world, life, SHORT_LEASE_MS);
  void first.start();
  await until('it dies, or is done', async () => life.happened || (await world.isClosed()));
  const second = collector(world, immortal(), SHORT_LEASE_MS);
  await second.start();
  await until('the object is done with', () => world.isOver());
  if (death === 'sleeps') {
    life.awake();
    // Longer than it takes to find that the lease is lost.
    await sleep(SHORT_LEASE_MS + 100);
  }
  await second.stop(1_000);
  const stopped = first.stop(1_000);
  // The dead only lose their timers: nothing that they ask for is answered.
  if (!life.happened) await stopped;
  return world.end();
}

async function eachStep<T>(act: (at: number) => Promise<T>, steps: number): Promise<T[]> {
  const results: T[] = [];
  let next = 1;
  await Promise.all(
    range(0, SIDE_BY_SIDE).map(async () => {
      while (next <= steps) results.push(await act(next++));
    }),
  );
  return results;
}

describe('a collector of objects', () => {
  let steps = 0;

  it('takes the steps of the design, in their order', async () => {
    const world = await World.create();
    const life = immortal();
    const alone = collector(world, life, 30_000);
    await alone.start();
    await until('the object is done with', () => world.isOver());
    await alone.stop(1_000);
    const { lines, channels } = world.end();
    const taken = life.steps;
    const index = (name: string): number => taken.findLastIndex((step) => step.includes(name));
    expect(lines).toEqual(range(1, LINES + 1));
    expect(channels).toEqual([]);
    const order = ['GET one', 'append', 'drop', 'DeleteMessage'].map(index);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    // The ledger says that it is done before the channel goes, and that it is closed before the notification does.
    const updates = taken.flatMap((step, at) => (step.includes('UpdateItem') ? [at] : []));
    expect(updates.filter((at) => at > index('append') && at < index('drop'))).not.toHaveLength(0);
    expect(updates.filter((at) => at > index('drop') && at < index('DeleteMessage'))).toHaveLength(1);
    steps = index('DeleteMessage') + 1;
  });

  it.each(['after', 'sleeps'] as const)(
    'loses nothing and doubles nothing, whichever step it dies at: %s',
    async (death) => {
      expect(steps).toBeGreaterThan(20);
      const lives = await eachStep((at) => live(death, at), steps);
      expect(lives.map(({ lines }) => lines)).toEqual(lives.map(() => range(1, LINES + 1)));
      expect(lives.flatMap(({ channels }) => channels)).toEqual([]);
    },
  );
});
