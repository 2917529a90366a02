import type { Command } from 'commander';
import type { CliContext } from '../context';
import { audit } from '../dead-letters/audit-trail';
import { listQuery } from '../dead-letters/dead-letter-sql';
import {
  addSelection,
  oneStream,
  readCount,
  SELECTION_HELP,
  selectionOf,
  type SelectionOptions,
} from '../dead-letters/selection';
import { UsageError } from '../usage-error';
import { withWarehouse } from '../with-warehouse';

const DEFAULT_LIMIT = 10_000;
/** Of one audit write: what a kill in between leaves is discarded in whole parts. */
const PART = 10_000;

const EXAMPLES = `${SELECTION_HELP}
Nothing is deleted: each is written into the audit as discarded, and no longer listed or replayed.

Examples:
  das dlq discard kafka:orders.v1/1/3/12345 --because 'test data of 4 May, agreed with the shop'
  das dlq discard --stream orders_events_v1 --reason not_json --until 1d --because 'cannot be mended' --yes
`;

interface DiscardOptions extends SelectionOptions {
  readonly because: string;
  readonly limit: number;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addDiscard(dlq: Command, context: CliContext): void {
  addSelection(
    dlq
      .command('discard')
      .description('Gives open dead letters up, for a reason that is written down.')
      .argument('[ids...]', 'these ones'),
  )
    .requiredOption('--because <text>', 'why, for the audit')
    .option('--limit <n>', 'at most so many', readCount, DEFAULT_LIMIT)
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON object: {"discarded": n}')
    .addHelpText('after', EXAMPLES)
    .action(async (ids: readonly string[], options: DiscardOptions) => {
      const discarded = await discard(ids, options, context);
      const { terminal } = context;
      terminal.print(
        options.json === true
          ? `${JSON.stringify({ discarded })}\n`
          : `discarded ${discarded.toLocaleString('en')}\n`,
      );
    });
}

async function discard(
  ids: readonly string[],
  options: DiscardOptions,
  context: CliContext,
): Promise<number> {
  const contract = oneStream(options.stream, ids, context.contracts);
  const { terminal, signal } = context;
  const query = listQuery(contract, selectionOf(options, ids), {
    columns: [],
    state: 'open',
    limit: options.limit,
  });
  const open = await withWarehouse(context, (reader) => reader.all(query));
  if (open.length === 0) return 0;
  const what = `${open.length.toLocaleString('en')} dead letters of ${contract.stream}`;
  if (options.yes !== true) {
    if (!terminal.isInteractive)
      throw new UsageError(`nobody is there to confirm: add --yes to discard ${what}`);
    if (!(await terminal.confirm(`Discard ${what}?`, signal))) return 0;
  }
  for (let from = 0; from < open.length; from += PART) {
    signal.throwIfAborted();
    const part = open.slice(from, from + PART);
    const deeds = part.map(({ ID }) => ({
      action: 'discard' as const,
      record: String(ID),
      reason: options.because,
    }));
    await audit(contract, deeds, context);
    if (open.length > PART) terminal.progress(`discarded ${from + part.length} of ${open.length}`);
  }
  return open.length;
}
