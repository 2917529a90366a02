/** A shard as its stream lists it. */
export interface Shard {
  readonly id: string;
  /** The sequence number that it began with: tells it from one of the same id in a stream that was made anew. */
  readonly start: string;
  readonly isClosed: boolean;
  /** Those that were split or merged into it, listed still or not. */
  readonly parents: readonly string[];
}
