import type { Checkpoint } from '@das/pipeline';
import type { Shard } from './shard';

/** What the table says of one shard, for one consumer. */
export interface Lease {
  readonly shard: string;
  /** The sequence number that the shard begins with. */
  readonly start: string;
  /** The instance that reads it; undefined: nobody does. */
  readonly owner: string | undefined;
  /** Grows whenever it changes hands: what an earlier owner writes is refused. */
  readonly term: number;
  /** Grows with every sign of life. */
  readonly beat: number;
  readonly checkpoint: Checkpoint | undefined;
  /** Every record after the checkpoint arrived at this time or later, epoch milliseconds; undefined: not known. */
  readonly nothingBeforeMs: number | undefined;
  /** A first start skipped what a closed shard held: its children are not read from their beginning for its sake. */
  readonly skipped: boolean;
  /** The shard is done and its channel is gone. */
  readonly finished: boolean;
}

/** Whether a shard was read to its end; one of the same id in a stream that was made anew was not. */
export function isDone(lease: Lease | undefined, start: string | undefined = lease?.start): boolean {
  return lease?.checkpoint?.kind === 'done' && lease.start === start;
}

/**
 * The shards that somebody should read now: those that are not finished, and whose parents are done. One that the stream
 * does not list any more, and that was not read to its end, is among them: what it held is missed by nobody else.
 */
export function readableShards(listed: readonly Shard[], leases: readonly Lease[]): readonly Shard[] {
  const known = new Map(leases.map((lease) => [lease.shard, lease]));
  const starts = new Map(listed.map(({ id, start }) => [id, start]));
  const isBehind = (parent: string): boolean =>
    starts.has(parent) ? isDone(known.get(parent), starts.get(parent)) : isGone(known.get(parent));
  const gone = leases
    .filter((lease) => !starts.has(lease.shard) && !lease.finished)
    .map(({ shard, start }): Shard => ({ id: shard, start, isClosed: true, parents: [] }));
  const left = listed.filter(({ id, start }) => {
    const lease = known.get(id);
    return !(lease?.finished === true && lease.start === start);
  });
  return [...gone, ...left.filter(({ parents }) => parents.every(isBehind))];
}

/** Of a shard that is not listed: it was read to its end, or nobody ever read it. */
function isGone(lease: Lease | undefined): boolean {
  return lease === undefined || isDone(lease);
}
