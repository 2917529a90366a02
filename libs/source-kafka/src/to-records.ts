import type { SourceRecord } from '@das/pipeline';
import type { IHeaders, KafkaMessage } from 'kafkajs';

const NO_HEADERS: SourceRecord['headers'] = [];

export function toRecords(messages: readonly KafkaMessage[]): readonly SourceRecord[] {
  return messages.map(({ offset, key, value, timestamp, headers }) => ({
    position: offset,
    key,
    value,
    // −1: the producer set none.
    timestampMs: timestamp.startsWith('-') ? undefined : Number(timestamp),
    headers: headers === undefined ? NO_HEADERS : headerPairs(headers),
  }));
}

function headerPairs(headers: IHeaders): SourceRecord['headers'] {
  const pairs: (readonly [string, Uint8Array])[] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) pairs.push([name, typeof one === 'string' ? Buffer.from(one) : one]);
    }
  }
  return pairs.length === 0 ? NO_HEADERS : pairs;
}
