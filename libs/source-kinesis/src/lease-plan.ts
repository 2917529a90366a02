import type { Lease } from './lease';
import type { Shard } from './shard';

export interface Situation {
  readonly me: string;
  /** Shards that somebody should read now. */
  readonly readable: readonly Shard[];
  readonly leases: readonly Lease[];
  /** Whether the owner of this lease does not read it any more. */
  readonly isDead: (lease: Lease) => boolean;
}

/**
 * The shards to take now. Of those that nobody reads, as many as make a fair share; where there is none, one of the
 * instance that has most, if that has two more: it ends where all differ by one at most.
 */
export function shardsToTake({ me, readable, leases, isDead }: Situation): readonly Shard[] {
  const known = new Map(leases.map((lease) => [lease.shard, lease]));
  const held = new Map<string, Shard[]>([[me, []]]);
  const free: Shard[] = [];
  for (const shard of readable) {
    const lease = known.get(shard.id);
    if (lease?.owner === undefined || isDead(lease)) free.push(shard);
    else held.set(lease.owner, [...(held.get(lease.owner) ?? []), shard]);
  }
  const mine = held.get(me)?.length ?? 0;
  const share = Math.ceil(readable.length / held.size);
  if (free.length > 0) return free.slice(0, Math.max(0, share - mine));
  const most = [...held.values()].reduce((a, b) => (b.length > a.length ? b : a));
  return most.length - mine >= 2 ? most.slice(0, 1) : [];
}
