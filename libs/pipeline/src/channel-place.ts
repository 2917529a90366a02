import type { StreamContract } from '@das/contracts';
import { Failure } from './failure';
import { measureGap, retentionGap, type Gap } from './gap';
import type { OffsetToken } from './offset-token';
import { parseToken } from './offset-token';
import type { ChannelListener, Sink, SinkChannel } from './ports/sink';
import type { Source, SourcePartition } from './ports/source';
import type { ResumeDecision } from './resume';
import { decideResume } from './resume';
import type { SeekTarget } from './ports/source';

/** How many epochs are asked for at once; a log is seldom recreated even once. */
const EPOCHS_PER_QUESTION = 4;

export function channelName(collector: string, stream: string, epoch: number, partition: string): string {
  return `${collector}__${stream}__${epoch}__${partition}`;
}

/** An open channel, and where its partition is to be read from. */
export interface Place {
  readonly channel: SinkChannel;
  readonly epoch: number;
  /** The committed token. */
  readonly token: OffsetToken | undefined;
  /** The token, where the record at it can still be read, to be compared with it. */
  readonly toVerify?: OffsetToken | undefined;
  readonly target: SeekTarget;
  readonly gap: Gap | undefined;
  /** When the source took a record at or before the token, as far as its checkpoint tells. */
  readonly sourceMs: number | undefined;
}

/** Whose channels. */
export type ChannelQuery = Pick<PlaceQuery, 'collector' | 'contract' | 'partition' | 'sink'>;

export interface PlaceQuery {
  readonly collector: string;
  readonly contract: StreamContract;
  readonly source: Source;
  readonly partition: SourcePartition;
  readonly sink: Sink;
  readonly listener: ChannelListener;
  /** The present channel's log turned out to be another one: go on in the next epoch. */
  readonly abandonEpoch: number | undefined;
}

/**
 * Opens the partition's channel and decides where to resume.
 * @throws Failure also for a decision to stop; the channel is closed again then
 */
export async function findPlace(query: PlaceQuery): Promise<Place> {
  const { partition, contract, source } = query;
  const latest = await latestEpoch(query);
  if (query.abandonEpoch === latest) return openNextEpoch(query, latest + 1);
  const channel = await query.sink.open(nameIn(query, latest), query.listener);
  try {
    const token = readToken(channel.opened.committedToken);
    const [bounds, checkpoint] = await Promise.all([partition.bounds(), partition.readCheckpoint()]);
    const decision = decideResume({
      token,
      checkpoint,
      bounds,
      policy: contract,
      compare: (a, b) => source.compare(a, b),
    });
    if (decision.kind === 'gap') {
      const gap = await measureGap(decision.gap, partition, bounds, checkpoint);
      if (!decision.accepted) throw retentionGap(gap);
      // The record at the token is gone: there is nothing to compare.
      const target = { after: gap.to };
      return { channel, epoch: latest, token: undefined, target, gap, sourceMs: gap.sinceMs };
    }
    const sourceMs = checkpoint?.sourceMs;
    const isThere = token !== undefined && source.compare(token.position, bounds.before) > 0;
    const toVerify = isThere ? token : undefined;
    return await settle(query, decision, { channel, epoch: latest, token, toVerify, sourceMs });
  } catch (thrown) {
    channel.close();
    throw thrown;
  }
}

async function settle(
  query: PlaceQuery,
  decision: Exclude<ResumeDecision, { kind: 'gap' }>,
  opened: Pick<Place, 'channel' | 'epoch' | 'token' | 'toVerify' | 'sourceMs'>,
): Promise<Place> {
  switch (decision.kind) {
    case 'stop':
      throw decision.failure;
    case 'done':
      await query.sink.drop(nameIn(query, opened.epoch));
      throw new Failure('transient', 'partition_done', 'another process has finished this partition');
    case 'next-epoch':
      opened.channel.close();
      return openNextEpoch(query, opened.epoch + 1);
    case 'seek':
      if (decision.pin !== undefined) {
        await query.partition.writeCheckpoint({ position: decision.pin, kind: 'started' });
      }
      return { ...opened, target: decision.target, gap: undefined };
  }
}

async function openNextEpoch(query: PlaceQuery, epoch: number): Promise<Place> {
  const { before } = await query.partition.bounds();
  // Pinned first: a crash after this line finds the old epoch's regression, or the new epoch's start.
  await query.partition.writeCheckpoint({ position: before, kind: 'started' });
  const channel = await query.sink.open(nameIn(query, epoch), query.listener);
  const token = readToken(channel.opened.committedToken);
  if (token === undefined) {
    return { channel, epoch, token, target: { after: before }, gap: undefined, sourceMs: undefined };
  }
  channel.close();
  throw new Failure('transient', 'epoch_taken', `epoch ${epoch} of this channel exists already`);
}

/** Epochs count from 1 without holes, so the last one that exists is the present one. */
export async function latestEpoch(query: ChannelQuery): Promise<number> {
  for (let known = 0; ; known += EPOCHS_PER_QUESTION) {
    const epochs = Array.from({ length: EPOCHS_PER_QUESTION }, (_, index) => known + index + 1);
    const statuses = await query.sink.statuses(epochs.map((epoch) => nameIn(query, epoch)));
    const present = epochs.filter((epoch) => statuses.has(nameIn(query, epoch)));
    const latest = present.at(-1) ?? known;
    if (present.length < EPOCHS_PER_QUESTION) return Math.max(latest, 1);
  }
}

/** Drops the channels of a partition that is done, of each epoch. @throws Failure */
export async function dropChannels(query: ChannelQuery): Promise<void> {
  for (let epoch = await latestEpoch(query); epoch > 0; epoch--) await query.sink.drop(nameIn(query, epoch));
}

function nameIn(query: ChannelQuery, epoch: number): string {
  return channelName(query.collector, query.contract.stream, epoch, query.partition.id);
}

function readToken(text: string | undefined): OffsetToken | undefined {
  if (text === undefined) return undefined;
  const token = parseToken(text);
  if (token !== undefined) return token;
  throw new Failure('setup', 'foreign_token', 'the channel holds an offset token that no collector wrote', {
    cure: 'another program uses this channel name: give the collector another name, or drop the channel',
  });
}
