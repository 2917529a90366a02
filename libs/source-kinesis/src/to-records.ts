import type { _Record } from '@aws-sdk/client-kinesis';
import { ClearRecord, type SourceRecord } from '@das/pipeline';
import { takeApart } from './aggregate';
import { positionOf } from './position';

const NO_HEADERS: SourceRecord['headers'] = [];

/** A page of a shard as records: aggregates taken apart, and a record without a byte as a tombstone. */
export function toRecords(page: readonly _Record[]): readonly SourceRecord[] {
  return page.flatMap(({ SequenceNumber, PartitionKey = '', Data, ApproximateArrivalTimestamp }) => {
    // The service leaves none of these out; its types say that it might.
    if (SequenceNumber === undefined || Data === undefined) return [];
    const users = takeApart(Data) ?? [{ key: PartitionKey, data: Data }];
    const arrivedMs = ApproximateArrivalTimestamp?.getTime();
    return users.map(
      ({ key, data }, sub) =>
        new ClearRecord(
          positionOf(SequenceNumber, sub),
          Buffer.from(key),
          data.length === 0 ? null : data,
          arrivedMs,
          NO_HEADERS,
        ),
    );
  });
}
