import { hiddenFrom, type HiddenColumn } from './hidden-column';
import type { Classification } from './stream-contract';
import { always, column, type TableColumn } from './table-column';

/** The BRONZE row: the same for every stream, one row per record that leaves one. */
export const BRONZE_COLUMNS: readonly TableColumn[] = [
  column('EVENT_ID', 'VARCHAR', 'Identifies the event; the contract says which property; null when dead'),
  column('EVENT_TYPE', 'VARCHAR', 'What happened'),
  column('EVENT_TS', 'TIMESTAMP_TZ', 'When it happened'),
  column('SCHEMA_VERSION', 'VARCHAR', 'The contract version that the event names'),
  column('SUBJECT_KEY', 'VARCHAR', 'Whom or what the event is about'),
  always('OUTCOME', 'VARCHAR', 'landed or dead'),
  column('PAYLOAD', 'VARIANT', 'The event, its protected values in their landed form; null when dead'),
  column(
    'PHI_TAGS',
    'ARRAY',
    'Tagged paths that are present, then `path#kind` of what was found undeclared; null when dead',
  ),
  column(
    'LINK_TOKENS',
    'VARIANT',
    'By name of the identity, a token that links it across domains; null: none',
  ),
  always('CLASSIFICATION', 'VARCHAR', 'The most sensitive class of the contract'),
  column('IS_LATE', 'BOOLEAN', 'Came after the watermark'),
  column('DEAD_REASON', 'VARCHAR', 'Why it was refused: a closed set of codes'),
  column('DEAD_STAGE', 'VARCHAR', 'The step that refused it'),
  column('DEAD_ERRORS', 'ARRAY', 'Paths and rules that were broken; no values'),
  column(
    'DEAD_PAYLOAD',
    'VARCHAR',
    'Key, headers and value, encrypted (compact JWE), or a reference to them',
  ),
  always('SOURCE', 'VARCHAR', 'Kind and name of the source, such as kafka:orders.v1'),
  always('SOURCE_EPOCH', 'NUMBER(10,0)', 'Grows when the source was recreated'),
  always('SOURCE_PARTITION', 'VARCHAR', 'Partition, shard, object or file'),
  always('SOURCE_OFFSET', 'VARCHAR', 'Position in the partition, as the source counts'),
  column('SOURCE_TS', 'TIMESTAMP_TZ', 'When the source took the record, where it knows'),
  column('SOURCE_HEADERS', 'VARIANT', 'Headers that the contract lets land'),
  always('RECORD_HASH', 'VARCHAR', 'Keyed hash (HMAC-SHA256) of key and value as they were sent'),
  column('REPLAY_OF', 'VARCHAR', 'The row that this one replays'),
  always('INGESTED_AT', 'TIMESTAMP_TZ', 'When the collector made the row'),
  always('COLLECTOR', 'VARCHAR', 'Name and version of the collector'),
  always('CONTRACT_VERSION', 'VARCHAR', 'The contract version that judged the event'),
  column('TRACE_ID', 'VARCHAR', 'W3C trace id'),
];

/** What of a row holds whole events: who watches BRONZE sees how it came, and not what it says. */
export const BRONZE_MASKS: Readonly<Record<string, HiddenColumn>> = {
  PAYLOAD: hiddenFrom('payload', 'VARIANT'),
  LINK_TOKENS: hiddenFrom('link_tokens', 'VARIANT'),
  DEAD_PAYLOAD: hiddenFrom('dead_payload', 'VARCHAR', ['REPLAYER']),
};

/** How sensitive a column of BRONZE is: what holds whole events as much as they are, the rest says how they came. */
export function bronzeClass(column: string, ofStream: Classification): Classification {
  if (column in BRONZE_MASKS) return ofStream;
  return column === 'SUBJECT_KEY' ? 'confidential' : 'internal';
}
