import { always, type TableColumn } from './table-column';

/** Which token an earlier one became: one table per domain, rows are only ever added. */
export const REKEY_COLUMNS: readonly TableColumn[] = [
  always('PURPOSE', 'VARCHAR', 'Of the keys: token:<domain> or link'),
  always('FROM_KEY', 'VARCHAR', 'The id of the key that made OLD_TOKEN'),
  always('TO_KEY', 'VARCHAR', 'The id of the key that was made to replace it'),
  always('OLD_TOKEN', 'VARCHAR', 'As it landed; once for each TO_KEY'),
  always('NEW_TOKEN', 'VARCHAR', 'The token that the same value has under TO_KEY'),
  always('AT', 'TIMESTAMP_TZ', 'When it was mapped'),
  always('ACTOR', 'VARCHAR', 'Who did it: the operating system’s user and host, or what DAS_ACTOR said'),
];
