import { setTimeout as sleep } from 'node:timers/promises';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { kinesisRecords, packAggregate, range, recount, until, type KinesisEntry } from '@das/testing';
import { Collector } from '../rig/collector';
import { Endpoint } from '../rig/endpoint';
import { KinesisFixture } from './fixture';

const fixture = KinesisFixture.forThisFile();
const INSTANCES = 3;
const ROUNDS = 8;
const PER_ROUND = 250;

/** Collectors of one name that share a stream, and are replaced without a word. */
class Fleet {
  readonly collectors: Collector[] = [];
  private readonly all: Collector[] = [];

  constructor(
    private readonly stream: string,
    private readonly endpoint: Endpoint,
  ) {}

  async add(): Promise<void> {
    const { endpoint } = this;
    const made = new Collector({
      name: 'exactly-once',
      source: fixture.source(this.stream, { consumer: 'exactly-once' }),
      endpoint: endpoint.url,
      keys: endpoint.keys,
    });
    this.all.push(made);
    this.collectors.push(await made.start());
  }

  /** Nothing is waited for, and another one comes. */
  async replaceFirst(): Promise<void> {
    const [first] = this.collectors.splice(0, 1);
    await first?.abandon();
    await this.add();
  }

  /** Partitions that are read now. */
  get held(): readonly string[] {
    return this.collectors.flatMap(({ ingest }) =>
      ingest
        .health()
        .partitions.filter(({ running }) => running)
        .map(({ partition }) => partition),
    );
  }

  get fatal(): readonly unknown[] {
    return this.all.flatMap(({ fatal }) => fatal);
  }

  async stop(): Promise<void> {
    await Promise.all(this.collectors.map((collector) => collector.stop()));
  }
}

/** Events of a round: one in five stands in an aggregate with nine others. */
function eventsOf(round: number): readonly KinesisEntry[] {
  return range(0, PER_ROUND).map((index) => {
    const key = `key-${round}-${index}`;
    const event = (part: number) => Buffer.from(JSON.stringify({ round, index, part }));
    if (index % 5 !== 0) return { key, data: event(0) };
    return { key, data: packAggregate(range(0, 10).map((part) => ({ key, data: event(part) }))) };
  });
}

it('three instances that die, on shards that are split and merged, lose and double nothing', async () => {
  const endpoint = await Endpoint.start();
  const { kinesis } = fixture;
  const stream = await fixture.newStream(2);
  const fleet = new Fleet(stream, endpoint);
  try {
    for (let instance = 0; instance < INSTANCES; instance++) await fleet.add();
    for (const round of range(0, ROUNDS)) {
      await kinesis.put(stream, eventsOf(round));
      const open = await kinesis.open(stream);
      const shard = open[round % open.length]?.ShardId ?? '';
      if (round % 2 === 0) await kinesis.split(stream, shard);
      else if (round % 4 === 1) await kinesis.merge(stream, open[0]?.ShardId ?? '');
      await kinesis.put(stream, eventsOf(ROUNDS + round));
      if (round % 2 === 1) await fleet.replaceFirst();
      kinesis.front.failReads('ExpiredIteratorException', 'ProvisionedThroughputExceededException');
      // As a machine under load does: everybody is held up, now and then for longer than a lease lasts.
      if (round % 3 === 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_200);
      await sleep(300);
    }
    const open = (await kinesis.open(stream)).map(({ ShardId }) => ShardId).sort();
    await until('only open shards are read', () => [...fleet.held].sort().join() === open.join(), 90_000);
    const count = () =>
      recount({
        lake: endpoint.lake,
        table: ordersEventsV1.table,
        records: kinesisRecords(kinesis.client, stream),
      });
    const due = ROUNDS * 2 * (PER_ROUND * 0.8 + PER_ROUND * 0.2 * 10);
    await until('all is committed', async () => (await count()).rows >= due, 20_000);
    await fleet.stop();
    const found = await count();
    expect(found).toMatchObject({
      produced: due,
      rows: due,
      lost: 0,
      duplicated: 0,
      altered: 0,
      misordered: 0,
    });
    expect(fleet.fatal).toEqual([]);
  } finally {
    await fleet.stop();
    await endpoint.stop();
  }
}, 240_000);
