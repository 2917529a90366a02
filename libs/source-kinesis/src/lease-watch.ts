import type { Lease } from './lease';

interface Sign {
  readonly term: number;
  readonly beat: number;
  /** For so long nothing came after it, as far as anybody looked. */
  readonly silentMs: number;
}

/**
 * Which leases show signs of life. Told by this process's own clock, from what it has seen: the clocks of instances need
 * not agree.
 */
export class LeaseWatch {
  private signs = new Map<string, Sign>();
  private lookedMs: number;

  constructor(
    private readonly leaseMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.lookedMs = now();
  }

  see(leases: readonly Lease[]): void {
    const nowMs = this.now();
    // Of a look that comes late, only so much counts. What held this process up, or kept it from the table, may have held
    // up the owners as well: they have half a lease to say that they live.
    const seenMs = Math.min(nowMs - this.lookedMs, this.leaseMs / 2);
    this.lookedMs = nowMs;
    this.signs = new Map(
      leases.map(({ shard, term, beat }) => {
        const known = this.signs.get(shard);
        const isSilent = known?.term === term && known.beat === beat;
        return [shard, { term, beat, silentMs: isSilent ? known.silentMs + seenMs : 0 }];
      }),
    );
  }

  /** Its owner has been silent for as long as a lease lasts. */
  isDead({ shard, term, beat }: Lease): boolean {
    const sign = this.signs.get(shard);
    return sign?.term === term && sign.beat === beat && sign.silentMs >= this.leaseMs;
  }
}
