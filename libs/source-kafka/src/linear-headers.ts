import Decoder from 'kafkajs/src/protocol/decoder';

interface Header {
  readonly key: string;
  readonly value: Buffer | null;
}

type Value = Buffer | null;

/** What a record without headers has; one object for all of them. */
export const NO_KAFKA_HEADERS: Readonly<Record<string, never>> = Object.freeze({});
const NONE = { reduce: () => NO_KAFKA_HEADERS };

/**
 * kafkajs 2.2.4 copies all of a record's headers for each further one, so that a record with 10,000 of them stops
 * the process for a minute; and it looks names up in a plain object, so that a header called `constructor` gets a
 * function beside its value. It reads headers in one place, which folds what this method returns: here the fold
 * is done already, once over, by names that mean nothing else.
 */
export function readHeadersOnce(): void {
  Decoder.prototype.readVarIntArray = function readVarIntArray(reader) {
    const count = this.readVarInt();
    // Nearly every record: nothing is made for it.
    if (count === 0) return NONE;
    const byName = Object.create(null) as Record<string, Value | Value[]>;
    for (let index = 0; index < count; index++) {
      const { key, value } = reader(this) as Header;
      const before = byName[key];
      if (before === undefined) byName[key] = value;
      else if (Array.isArray(before)) before.push(value);
      else byName[key] = [before, value];
    }
    return { reduce: () => byName };
  };
}
