import { requestAbort } from '@das/aws';
import {
  asFailure,
  FailureBoard,
  type OnAssigned,
  type Position,
  type Source,
  type SourceFailure,
} from '@das/pipeline';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openKinesis, type KinesisApi } from './kinesis-api';
import { KinesisPartition } from './kinesis-partition';
import { readableShards, type Lease } from './lease';
import { shardsToTake } from './lease-plan';
import { openLeases, type LeaseTable } from './lease-table';
import { LeaseWatch } from './lease-watch';
import { DEFAULT_TIMING, type KinesisSourceOptions, type Timing } from './options';
import { PollPace } from './poll-pace';
import { comparePositions } from './position';
import { plantChildren } from './plant-children';
import type { Shard } from './shard';
import { ShardLog } from './shard-log';

/** So often a lease is renewed, and others' are looked at, while it lasts. */
const BEATS_PER_LEASE = 4;
const STOP_MS = 5_000;

/** A Kinesis stream, whose shards are shared by leases in DynamoDB. */
export function createKinesisSource(options: KinesisSourceOptions): Source {
  return new KinesisSource(options);
}

interface Clients {
  readonly api: KinesisApi;
  readonly table: LeaseTable;
}

class KinesisSource implements Source {
  readonly name: string;
  private readonly timing: Timing;
  private readonly me = randomUUID();
  private readonly watch: LeaseWatch;
  private readonly held = new Map<string, KinesisPartition>();
  private readonly stopping = requestAbort();
  private board = new FailureBoard(() => undefined);
  private clients: Clients | undefined;
  private shards: readonly Shard[] = [];
  private listedMs = -Infinity;
  private wakeScan: () => void = () => undefined;
  /** Something has changed that the next scan would find: it does not wait. */
  private scanDue = false;
  private loops: Promise<unknown> = Promise.resolve();
  private onAssigned: OnAssigned | undefined;

  constructor(private readonly options: KinesisSourceOptions) {
    this.name = `kinesis:${options.stream}`;
    this.timing = { ...DEFAULT_TIMING, ...options };
    this.watch = new LeaseWatch(this.timing.leaseMs);
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  async start(onAssigned: OnAssigned, onFailure: (failure: SourceFailure) => void): Promise<void> {
    const { stream, consumer, leaseTable } = this.options;
    this.onAssigned = onAssigned;
    this.board = new FailureBoard(onFailure);
    this.clients ??= {
      api: await openKinesis(stream),
      table: await openLeases(leaseTable, `${consumer}/${stream}`),
    };
    await this.scan(this.clients);
    if (this.stopping.signal.aborted) return;
    this.loops = Promise.all([
      this.every('leases', () => this.beat()),
      this.every('shards', async (clients) => this.scan(clients)),
    ]);
  }

  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) {
      await this.loops;
      return;
    }
    this.stopping.abort();
    this.wakeScan();
    const held = [...this.held.values()];
    this.held.clear();
    const releasing = Promise.all([this.loops, ...held.map((partition) => partition.release())]);
    this.loops = Promise.race([releasing, sleep(STOP_MS, undefined, { ref: false })]);
    await this.loops;
    this.clients?.api.close();
    this.clients?.table.close();
  }

  /** Until the source stops; a failure is told, and cured by the next time that goes well. */
  private async every(place: string, act: (clients: Clients) => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    const { clients } = this;
    while (clients !== undefined && !signal.aborted) {
      await this.rest(place);
      if (this.stopping.signal.aborted) return;
      try {
        await act(clients);
        this.board.note(place, undefined);
      } catch (thrown) {
        this.board.note(place, asFailure(thrown));
      }
    }
  }

  private async rest(place: string): Promise<void> {
    const awake = new AbortController();
    if (place === 'shards') {
      this.wakeScan = () => {
        awake.abort();
      };
      if (this.scanDue) awake.abort();
      this.scanDue = false;
    }
    const signal = AbortSignal.any([this.stopping.signal, awake.signal]);
    await sleep(this.timing.leaseMs / BEATS_PER_LEASE, undefined, { signal }).catch(() => undefined);
  }

  /** Signs of life for all that is held. What had none for as long as a lease lasts may be somebody else's. */
  private async beat(): Promise<void> {
    const beats = [...this.held.values()].map(async (partition) => {
      try {
        await partition.beat();
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (failure.code === 'not_owner' || partition.silentMs >= this.timing.leaseMs)
          await this.lose(partition);
        if (failure.code !== 'not_owner') throw failure;
      }
    });
    await settled(beats);
  }

  /** Finds shards and who reads them, and takes what is due. */
  private async scan({ api, table }: Clients): Promise<void> {
    if (performance.now() - this.listedMs >= this.timing.listMs) await this.list(api);
    const leases = await table.all();
    // A lease of a shard that is new to this instance: only a list that is younger tells it from one that is gone.
    if (leases.some((lease) => !lease.finished && !this.isListed(lease))) await this.list(api);
    this.watch.see(leases);
    const due = shardsToTake({
      me: this.me,
      readable: readableShards(this.shards, leases),
      leases,
      isDead: (lease) => (lease.owner === this.me ? !this.held.has(lease.shard) : this.watch.isDead(lease)),
    });
    const known = new Map(leases.map((lease) => [lease.shard, lease]));
    await settled(due.map(async (shard) => this.take(shard, known.get(shard.id), { api, table })));
  }

  private async take(shard: Shard, seen: Lease | undefined, { api, table }: Clients): Promise<void> {
    if (this.held.has(shard.id)) return;
    const hold = await table.take(shard, seen, this.me);
    if (hold === undefined) return;
    const log = new ShardLog(shard, api, new PollPace(this.timing.pollMs));
    log.isListed = this.isListed({ shard: shard.id, start: shard.start });
    const partition: KinesisPartition = new KinesisPartition({
      log,
      table,
      hold,
      onFailure: (failure) => {
        if (this.held.get(shard.id) === partition) this.board.note(shard.id, failure);
      },
      onDone: async (parent) => {
        await this.list(api);
        await plantChildren(parent, this.shards, table);
      },
      onFinished: () => {
        void this.lose(partition);
        this.scanDue = true;
        this.wakeScan();
      },
    });
    if (this.stopping.signal.aborted || this.onAssigned === undefined) {
      await partition.release();
      return;
    }
    this.held.set(shard.id, partition);
    partition.attach(this.onAssigned(partition));
  }

  private async lose(partition: KinesisPartition): Promise<void> {
    if (this.held.get(partition.id) !== partition) return;
    this.held.delete(partition.id);
    this.board.note(partition.id, undefined);
    await partition.revoke();
  }

  private async list(api: KinesisApi): Promise<void> {
    this.shards = await api.listShards();
    this.listedMs = performance.now();
    for (const { log } of this.held.values())
      log.isListed = this.isListed({ shard: log.shard.id, start: log.shard.start });
  }

  private isListed({ shard, start }: Pick<Lease, 'shard' | 'start'>): boolean {
    return this.shards.some((listed) => listed.id === shard && listed.start === start);
  }
}

/** All of them come to their end before the first failure is thrown. */
async function settled(acts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(acts)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
