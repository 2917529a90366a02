import type { Lease } from './lease';

interface Sign {
  readonly term: number;
  readonly beat: number;
  readonly sinceMs: number;
}

/**
 * Which leases show signs of life. Told by this process's own clock, from what it has seen: the clocks of instances need
 * not agree.
 */
export class LeaseWatch {
  private signs = new Map<string, Sign>();

  constructor(
    private readonly leaseMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  see(leases: readonly Lease[]): void {
    const sinceMs = this.now();
    this.signs = new Map(
      leases.map(({ shard, term, beat }) => {
        const known = this.signs.get(shard);
        return [shard, known?.term === term && known.beat === beat ? known : { term, beat, sinceMs }];
      }),
    );
  }

  /** Its owner has been silent for as long as a lease lasts. */
  isDead({ shard, term, beat }: Lease): boolean {
    const sign = this.signs.get(shard);
    if (sign?.term !== term || sign.beat !== beat) return false;
    return this.now() - sign.sinceMs >= this.leaseMs;
  }
}
