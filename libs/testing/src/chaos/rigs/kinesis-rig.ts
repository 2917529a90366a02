import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encountersEventsV1 } from '@contracts/brook-health';
import type { GeneratedEvent } from '../../events/generator';
import { packAggregate } from '../../events/kpl-aggregate';
import { kinesisRecords } from '../../oracle/kinesis-records';
import { FaultyAws } from '../../servers/faulty-aws';
import { Kinesis, type KinesisEntry } from '../../servers/kinesis';
import { createLeaseTable } from '../../servers/lease-table';
import { startMoto } from '../../servers/moto';
import { awsTroubles } from '../aws-troubles';
import type { SourceRig } from '../source-rig';
import { between, type SourceTrouble } from '../source-trouble';

const { stream } = encountersEventsV1.source;
const TABLE = 'das-leases';
const SHARDS = 2;
/** It splits below, and merges from there on. */
const MANY_SHARDS = 5;
/** What the service gives a shard. */
const READS_PER_SECOND = 5;
const AGGREGATED = 10;
const RETRY_MS = 200;
const LEASE_WRITES = ['UpdateItem'];
const LEASE_READS = ['Query', 'GetItem'];

/** kinesalite in this process, and the leases in moto, each behind a front that fails. */
export async function startKinesisRig(dir: string): Promise<SourceRig> {
  const [kinesis, moto] = await Promise.all([Kinesis.start(), startMoto(join(dir, 'moto.log'))]);
  const leases = await new FaultyAws(moto.url).start();
  await createLeaseTable(moto.url, TABLE);
  await kinesis.createStream(stream, SHARDS);
  kinesis.front.readsPerSecond = READS_PER_SECOND;
  let open = await openShards();
  let isOver = false;
  let sendings = 0;

  async function openShards(): Promise<readonly string[]> {
    return (await kinesis.open(stream)).map(({ ShardId = '' }) => ShardId);
  }

  /** Until Kinesis has taken them; where it did although the answer was lost, they are there twice. */
  async function put(entries: readonly KinesisEntry[]) {
    for (;;) {
      try {
        return await kinesis.put(stream, entries);
      } catch (thrown) {
        if (isOver) throw thrown;
        await sleep(RETRY_MS);
      }
    }
  }

  return {
    app: 'encounters-events-collector',
    contract: encountersEventsV1,
    collectorSource: { kind: 'kinesis', url: kinesis.front.url, leases: leases.url, table: TABLE },
    env: { KINESIS_LEASE_SECONDS: '2' },
    events: { stream: 'encounters', partitions: 1 },
    eventsPerSecond: 250,
    everyMs: 50,
    respiteMs: 6_000,
    // A lease has to end, and the shards that a reshard left unread are read one generation after the other.
    settleSeconds: 30,
    troubles: [
      ...streamTroubles(kinesis, async () => (open = await openShards())),
      ...awsTroubles('leases', leases, moto.process, { reads: LEASE_READS, writes: LEASE_WRITES }),
    ],
    partitions: () => open,
    send: async (events) => {
      // Every other time.
      await put(sendings++ % 2 === 0 ? events.map(entryOf) : packedOf(events));
    },
    async end(good) {
      const shards = (await kinesis.open(stream)).map(
        ({ HashKeyRange }) => HashKeyRange?.StartingHashKey ?? '0',
      );
      const places = await put(shards.map((hashKey) => ({ ...entryOf(good()), hashKey })));
      return new Map(places.map(({ shard, sequence }) => [shard, `${sequence}:0`]));
    },
    heal: async () => {
      leases.clear();
      await Promise.resolve();
    },
    left: async () => Promise.resolve([]),
    records: (landing) => {
      kinesis.front.readsPerSecond = Infinity;
      return kinesisRecords(kinesis.client, stream, landing);
    },
    async stop() {
      isOver = true;
      await Promise.all([kinesis.stop(), leases.stop(), moto.process.stop()]);
    },
  };
}

function entryOf({ key, value }: GeneratedEvent): KinesisEntry {
  return { key: key.toString(), data: value ?? Buffer.alloc(0) };
}

/** Packed as the Kinesis Producer Library does. */
function packedOf(events: readonly GeneratedEvent[]): readonly KinesisEntry[] {
  const entries = events.map(entryOf);
  const packed: KinesisEntry[] = [];
  for (let from = 0; from < entries.length; from += AGGREGATED) {
    const some = entries.slice(from, from + AGGREGATED);
    packed.push({ key: some[0]?.key ?? '', data: packAggregate(some) });
  }
  return packed;
}

function streamTroubles(kinesis: Kinesis, resharded: () => Promise<unknown>): readonly SourceTrouble[] {
  const { front } = kinesis;
  return [
    {
      name: 'reshard',
      weight: 5,
      async make(random) {
        const open = await kinesis.open(stream);
        const splits = open.length === 1 || (open.length < MANY_SHARDS && random.chance(0.6));
        // Of a merge, the one whose keys follow is the other one.
        const shard = random.pick(splits ? open : open.slice(0, -1)).ShardId ?? '';
        await (splits ? kinesis.split(stream, shard) : kinesis.merge(stream, shard));
        await resharded();
        return `${splits ? 'split' : 'merge'} ${shard}`;
      },
    },
    {
      name: 'expired-iterators',
      weight: 2,
      async make(random) {
        const times = 1 + random.below(10);
        front.failReads(...Array.from({ length: times }, () => 'ExpiredIteratorException' as const));
        return Promise.resolve(`${times} times`);
      },
    },
    {
      name: 'throttled-reads',
      weight: 2,
      async make(random) {
        const times = 1 + random.below(10);
        front.failReads(
          ...Array.from({ length: times }, () => 'ProvisionedThroughputExceededException' as const),
        );
        return Promise.resolve(`${times} times`);
      },
    },
    {
      name: 'kinesis-away',
      weight: 2,
      async make(random) {
        const ms = between(random, 100, 2_000);
        await front.stop();
        await sleep(ms);
        await front.start();
        return `for ${ms} ms`;
      },
    },
  ];
}
