import { hiddenFrom, type HiddenColumn } from './hidden-column';
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

const TOKEN = hiddenFrom('rekeyed_token', 'VARCHAR', ['REPLAYER']);

/** Side by side they link what a new key was to part: whoever watches OPS sees that tokens were mapped, and not which. */
export const REKEY_MASKS: Readonly<Record<string, HiddenColumn>> = { OLD_TOKEN: TOKEN, NEW_TOKEN: TOKEN };
