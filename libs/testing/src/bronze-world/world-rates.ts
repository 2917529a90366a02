/** How often each trouble of a BRONZE table comes, a probability from 0 to 1 for each row. */
export interface WorldRates {
  /** A row of an earlier event once more, as it was. */
  readonly repeated: number;
  /** A row of an earlier event with other content. */
  readonly corrected: number;
  /** Arrives after later ones. */
  readonly heldBack: number;
  /** The same time as the event before it with its key. */
  readonly sameTime: number;
  /** Minutes earlier than it should be. */
  readonly behind: number;
  readonly late: number;
  readonly clockAhead: number;
  /** Of the rows with a clock ahead: it wrote the source's time, too, as with Kafka's CreateTime. */
  readonly bothAhead: number;
  /** A time in another notation: an offset, no fraction, microseconds. */
  readonly otherNotation: number;
  readonly dead: number;
  readonly replayed: number;
}

/** Each trouble often enough to meet every other one in a hundred thousand rows. */
export const EVERY_TROUBLE: WorldRates = {
  repeated: 0.02,
  corrected: 0.02,
  heldBack: 0.03,
  sameTime: 0.06,
  behind: 0.03,
  late: 0.02,
  clockAhead: 0.01,
  bothAhead: 0.3,
  otherNotation: 0.03,
  dead: 0.01,
  replayed: 0.005,
};
