import { ClearRecord, type SourceRecord } from '@das/pipeline';
import type { KafkaMessage } from 'kafkajs';
import { NO_KAFKA_HEADERS } from './linear-headers';

const NO_HEADERS: SourceRecord['headers'] = [];
const EMPTY = new Uint8Array(0);
/** The end of the year 9999: what a producer says beyond it, no table's time stamp holds. */
const LAST_MS = 253_402_300_799_999;

export function toRecords(messages: readonly KafkaMessage[]): readonly SourceRecord[] {
  return messages.map(
    ({ offset, key, value, timestamp, headers }) =>
      new ClearRecord(
        offset,
        key,
        value,
        timeOf(timestamp),
        headers === undefined || headers === NO_KAFKA_HEADERS ? NO_HEADERS : headerPairs(headers),
      ),
  );
}

/** Negative: the producer set none. It may set any 64-bit number. */
function timeOf(timestamp: string): number | undefined {
  const ms = Number(timestamp);
  return ms >= 0 && ms <= LAST_MS ? ms : undefined;
}

/** A header without a value, which kafkajs's types do not know of, is taken for an empty one. */
function headerPairs(headers: Readonly<Record<string, unknown>>): SourceRecord['headers'] {
  const pairs: (readonly [string, Uint8Array])[] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      pairs.push([name, one instanceof Uint8Array ? one : EMPTY]);
    }
  }
  return pairs.length === 0 ? NO_HEADERS : pairs;
}
