/** How to reach a stream, and how its shards are shared. Region, endpoints and credentials are found as the AWS SDK finds them. */
export interface KinesisSourceOptions {
  readonly stream: string;
  /** Whose leases and checkpoints these are: instances of one name share the shards. */
  readonly consumer: string;
  /** The DynamoDB table of the leases: keys `log` (partition) and `shard` (sort), both strings. */
  readonly leaseTable: string;
  /** An instance that is silent for so long loses its shards (default 15 s). */
  readonly leaseMs?: number;
  /** Between two reads of a shard, while it has records and once it has none (default 250 ms and 1 s). */
  readonly pollMs?: { readonly busy: number; readonly idle: number };
  /** Between looks for shards that are new (default 10 s); those of a shard that has ended are looked for at once. */
  readonly listMs?: number;
}

export type Timing = Required<Pick<KinesisSourceOptions, 'leaseMs' | 'pollMs' | 'listMs'>>;

export const DEFAULT_TIMING: Timing = {
  leaseMs: 15_000,
  // A shard gives five reads a second to all who read it: one a second is left to those who look at its ends.
  pollMs: { busy: 250, idle: 1_000 },
  listMs: 10_000,
};
