import { recordIdOf, type AuditRow, type BronzeRow } from './bronze-row';
import { sameJson, time, whole, type ExpectedTable, type Row } from './expected-table';
import { instantOf, type Instant } from './instant';
import { smallestOf } from './order-by';

/** @param streams - the rows of each stream by its name */
export function expectedDeadLetters(
  streams: ReadonlyMap<string, readonly BronzeRow[]>,
  audit: readonly AuditRow[],
): ExpectedTable {
  const discarded = new Map<string, Instant[]>();
  for (const { ACTION, RECORD, AT } of audit) {
    if (ACTION === 'discard' && RECORD !== null) note(discarded, RECORD, AT);
  }
  const rows = [...streams].flatMap(([stream, all]) => {
    const replayed = new Map<string, Instant[]>();
    for (const { REPLAY_OF, INGESTED_AT } of all) {
      if (REPLAY_OF !== null) note(replayed, REPLAY_OF, INGESTED_AT);
    }
    return all
      .filter((row) => row.OUTCOME === 'dead')
      .map((row) => deadLetter(stream, row, replayed, discarded));
  });
  return { schema: 'OPS', name: 'DEAD_LETTERS', key: ['ID'], rows };
}

function note(times: Map<string, Instant[]>, id: string, iso: string): void {
  times.set(id, [...(times.get(id) ?? []), instantOf(iso)]);
}

function deadLetter(
  stream: string,
  row: BronzeRow,
  replayed: ReadonlyMap<string, readonly Instant[]>,
  discarded: ReadonlyMap<string, readonly Instant[]>,
): Row {
  const id = recordIdOf(row);
  const replayedAt = smallestOf(replayed.get(id) ?? []);
  const discardedAt = smallestOf(discarded.get(id) ?? []);
  return {
    ID: id,
    STREAM: stream,
    REASON: row.DEAD_REASON,
    STAGE: row.DEAD_STAGE,
    ERRORS: sameJson(JSON.parse(row.DEAD_ERRORS ?? 'null')),
    SOURCE: row.SOURCE,
    SOURCE_EPOCH: whole(row.SOURCE_EPOCH),
    SOURCE_PARTITION: row.SOURCE_PARTITION,
    SOURCE_OFFSET: row.SOURCE_OFFSET,
    INGESTED_AT: time(instantOf(row.INGESTED_AT)),
    COLLECTOR: row.COLLECTOR,
    CONTRACT_VERSION: row.CONTRACT_VERSION,
    STATE: replayedAt !== null ? 'replayed' : discardedAt !== null ? 'discarded' : 'open',
    REPLAYED_AT: time(replayedAt),
    DISCARDED_AT: time(discardedAt),
  };
}
