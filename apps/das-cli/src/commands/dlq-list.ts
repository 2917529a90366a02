import { Option, type Command } from 'commander';
import type { CliContext } from '../context';
import { listQuery, summaryQuery } from '../dead-letters/dead-letter-sql';
import { errorsText, LISTED_COLUMNS, toDeadLetter, type DeadLetter } from '../dead-letters/dead-letter';
import {
  addSelection,
  readCount,
  SELECTION_HELP,
  selectionOf,
  type SelectionOptions,
  type State,
} from '../dead-letters/selection';
import { streamsNamed } from '../streams';
import { withWarehouse, type Reader } from '../with-warehouse';

const DEFAULT_LIMIT = 100;

const EXAMPLES = `${SELECTION_HELP}
Examples:
  das dlq list
  das dlq list --stream orders_events_v1 --reason unknown_version schema_violation --since 2h
  das dlq list --partition 3 --from 1000 --to 2000 --state discarded
  das dlq list --summary
  das dlq list --json | jq -r '.[].id'
`;

interface ListOptions extends SelectionOptions {
  readonly state: State;
  readonly all?: boolean;
  readonly limit: number;
  readonly summary?: boolean;
  readonly json?: boolean;
}

export function addList(dlq: Command, context: CliContext): void {
  addSelection(
    dlq.command('list').description('Dead letters, the open ones by default; never what was refused.'),
  )
    .addOption(
      new Option('--state <state>', 'in this state')
        .choices(['open', 'replayed', 'discarded'])
        .default('open'),
    )
    .option('--all', 'in any state')
    .option('--limit <n>', 'at most so many', readCount, DEFAULT_LIMIT)
    .option('--summary', 'counts by reason instead of a list')
    .option('--json', 'one JSON array')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ListOptions) => {
      await withWarehouse(context, (reader) =>
        options.summary === true ? summarise(options, reader, context) : list(options, reader, context),
      );
    });
}

async function list(
  options: ListOptions,
  reader: Reader,
  { terminal, contracts }: CliContext,
): Promise<void> {
  const asJson = options.json === true;
  let count = 0;
  if (asJson) terminal.print('[');
  for (const contract of streamsNamed(options.stream, contracts)) {
    // One more than is shown, to know whether there are more.
    const query = listQuery(contract, selectionOf(options), {
      columns: LISTED_COLUMNS,
      state: options.all === true ? undefined : options.state,
      limit: options.limit + 1 - count,
    });
    for await (const row of reader.rows(query)) {
      if (count++ === options.limit) break;
      const letter = toDeadLetter(row, contract);
      terminal.print(asJson ? `${count === 1 ? '' : ','}\n${JSON.stringify(letter)}` : `${lineOf(letter)}\n`);
    }
    if (count > options.limit) break;
  }
  if (asJson) terminal.print(count === 0 ? ']\n' : '\n]\n');
  if (count > options.limit) terminal.note(`there are more than ${options.limit}: raise --limit`);
  else if (count === 0 && !asJson) terminal.note('no dead letters');
}

function lineOf(letter: DeadLetter): string {
  const { ingestedAt, state, reason, id } = letter;
  return `${ingestedAt}  ${state.padEnd(9)}  ${reason.padEnd(16)}  ${id}  ${errorsText(letter)}`.trimEnd();
}

async function summarise(
  options: ListOptions,
  reader: Reader,
  { terminal, contracts }: CliContext,
): Promise<void> {
  const found = [];
  for (const contract of streamsNamed(options.stream, contracts)) {
    const state = options.all === true ? undefined : options.state;
    const rows = await reader.all(summaryQuery(contract, selectionOf(options), state));
    for (const { REASON: reason, COUNT: records, FIRST: first, LAST: last } of rows) {
      found.push({ stream: contract.stream, reason: String(reason), count: Number(records), first, last });
    }
  }
  if (options.json === true) {
    terminal.print(`${JSON.stringify(found)}\n`);
    return;
  }
  for (const { stream, reason, count, first, last } of found) {
    terminal.print(
      `${String(count).padStart(9)}  ${stream}  ${reason.padEnd(16)}  ${String(first)} to ${String(last)}\n`,
    );
  }
  if (found.length === 0) terminal.note('no dead letters');
}
