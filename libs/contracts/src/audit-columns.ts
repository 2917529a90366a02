import { always, column, type TableColumn } from './table-column';

/** What was done with dead letters, by whom and why: one table per domain, rows are only ever added. */
export const AUDIT_COLUMNS: readonly TableColumn[] = [
  always('AUDIT_ID', 'VARCHAR', 'Names the row'),
  always('AT', 'TIMESTAMP_TZ', 'When it was done'),
  always('ACTOR', 'VARCHAR', 'Who did it: the operating system’s user and host, or what DAS_ACTOR said'),
  always('ACTION', 'VARCHAR', 'discard, reveal or replay'),
  always('STREAM', 'VARCHAR', 'The stream of the dead letters'),
  column('RECORD', 'VARCHAR', 'The dead letter; null for a replay, whose rows have REPLAY_OF'),
  column('SELECTION', 'VARIANT', 'Which dead letters were asked for; no values of any record'),
  column('REASON', 'VARCHAR', 'Why, in the words of who did it'),
];
