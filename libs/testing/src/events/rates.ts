/** How often something other than a plain good event comes, each a probability from 0 to 1. */
export interface EventRates {
  /** An earlier event once more, byte for byte. */
  readonly duplicates: number;
  /** Between two and twenty-four hours late. */
  readonly late: number;
  /** About two days late. */
  readonly veryLate: number;
  /** Not JSON, not UTF-8, a wrong type, a missing field, a repeated key. */
  readonly bad: number;
  readonly unknownVersion: number;
  readonly unknownField: number;
  /** Something that looks like an SSN, an e-mail address or a phone number where none belongs. */
  readonly phiInOddPlaces: number;
  readonly tombstones: number;
}

export const NO_TROUBLE: EventRates = {
  duplicates: 0,
  late: 0,
  veryLate: 0,
  bad: 0,
  unknownVersion: 0,
  unknownField: 0,
  phiInOddPlaces: 0,
  tombstones: 0,
};

/** What a stream in service looks like on a bad day. */
export const REALISTIC: EventRates = {
  duplicates: 0.01,
  late: 0.01,
  veryLate: 0.001,
  bad: 0.005,
  unknownVersion: 0.001,
  unknownField: 0.005,
  phiInOddPlaces: 0.002,
  tombstones: 0.002,
};
