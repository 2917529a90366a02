import type { StreamContract } from '@das/contracts';
import { channelName, latestEpoch } from './channel-place';
import { Failure } from './failure';
import { createTokenMaker, formatToken, tokenOfGone } from './offset-token';
import type { DataKey, KeyProvider } from './ports/key-provider';
import type { Sink } from './ports/sink';
import type { Position, SourceRecord } from './ports/source';
import { createRecordHash } from './record-hash';
import type { RecordProbe } from './record-probe';

/** The last row that BRONZE has of a partition, in its latest epoch. */
export interface BronzeWitness {
  readonly epoch: number;
  readonly position: Position;
  readonly recordHash: string;
}

export interface RecoverQuery {
  readonly collector: string;
  readonly contract: StreamContract;
  readonly sink: Sink;
  readonly keys: KeyProvider;
  readonly probe: RecordProbe;
  readonly witness: BronzeWitness | undefined;
  /** Without a row in BRONZE, the source's checkpoint is believed. */
  readonly fromCheckpoint: boolean;
  /** Find out, and change nothing. */
  readonly dryRun: boolean;
}

export type Recovered =
  | { readonly outcome: 'has_token' | 'nothing_to_do'; readonly channel: string }
  | {
      readonly outcome: 'recovered' | 'recoverable';
      readonly channel: string;
      readonly position: Position;
      /** The record was read, and it is the one that the row was made of. */
      readonly verified: boolean;
    };

/**
 * Gives a channel that lost its offset token the one that its last row stands for. Rows of a partition are
 * committed in order, so everything up to that row is in BRONZE. What came after it left no row: it is read
 * again, and dropped again. A channel that has a token is never touched.
 * @throws Failure where it must not be recovered so
 */
export async function recoverChannel(query: RecoverQuery): Promise<Recovered> {
  const { collector, contract, sink, probe, witness } = query;
  const { partition } = probe;
  const latest = Math.max(await latestEpoch({ ...query, partition }), witness?.epoch ?? 1);
  const channel = channelName(collector, contract.stream, latest, partition.id);
  const status = (await sink.statuses([channel])).get(channel);
  if (status?.committedToken !== undefined) return { outcome: 'has_token', channel };
  const place = await believed(query, latest);
  if (place === undefined) return { outcome: 'nothing_to_do', channel };
  const { position, recordHash } = place;
  const record = await probe.at(position);
  const verified = record !== undefined && recordHash !== undefined;
  if (verified) verify(record, recordHash, query.keys);
  if (query.dryRun) return { outcome: 'recoverable', channel, position, verified };
  if (!(await partition.proveOwnership())) {
    throw new Failure('transient', 'not_owner', 'another process owns this partition now');
  }
  const token = record === undefined ? tokenOfGone(position) : createTokenMaker(query.keys).of(record);
  const opened = await sink.open(channel, silent, formatToken(token));
  opened.close();
  return { outcome: 'recovered', channel, position, verified };
}

const silent = { status: () => undefined, failed: () => undefined };

/** Up to where everything is in BRONZE; undefined: nothing was ever committed. */
async function believed(
  { witness, fromCheckpoint, probe }: RecoverQuery,
  epoch: number,
): Promise<{ readonly position: Position; readonly recordHash: string | undefined } | undefined> {
  if (witness?.epoch === epoch) return witness;
  const checkpoint = await probe.partition.readCheckpoint();
  if (checkpoint?.kind !== 'committed') return undefined;
  if (fromCheckpoint) return { position: checkpoint.position, recordHash: undefined };
  throw new Failure('setup', 'no_witness', 'BRONZE has no row of this partition’s present epoch', {
    cure: 'if its rows have expired, believe the source’s checkpoint with --from-checkpoint',
  });
}

function verify(record: SourceRecord, recordHash: string, keys: KeyProvider): void {
  // The row may be older than the key in use.
  for (let key: DataKey | undefined = keys.current('record-hash'); key !== undefined; key = key.previous) {
    const own = key;
    if (createRecordHash({ current: () => own, find: () => undefined })(record) === recordHash) return;
  }
  throw new Failure('setup', 'log_recreated', 'the source has another record there than BRONZE', {
    cure: 'the topic was recreated (see onOffsetRegression in the contract), or the record-hash key that hashed it is not in the key file',
  });
}
