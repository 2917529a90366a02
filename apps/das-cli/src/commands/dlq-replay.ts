import type { Command } from 'commander';
import type { ReplayCounts } from '@das/collector-link';
import { bundleOf } from '../collector-bundle';
import type { CliContext } from '../context';
import { audit } from '../dead-letters/audit-trail';
import { summaryQuery } from '../dead-letters/dead-letter-sql';
import { replayThrough, troubleOf } from '../dead-letters/replay-run';
import {
  addSelection,
  oneStream,
  readCount,
  SELECTION_HELP,
  selectionOf,
  type SelectionOptions,
} from '../dead-letters/selection';
import { withWarehouse, type Reader } from '../with-warehouse';

const DEFAULT_LIMIT = 10_000;

const EXAMPLES = `${SELECTION_HELP}
Each open dead letter goes through the present pipeline of its collector, whose environment this needs. Its new
row names it in REPLAY_OF. Killed and run again, it goes on: each is replayed once. Refused again, it is a dead
letter of its own. One replay of a stream runs at a time: a new one ends the one before it.

Examples:
  das dlq replay --stream orders_events_v1 --reason unknown_version --dry-run
  das dlq replay --stream orders_events_v1 --reason unknown_version --limit 100000
  das dlq replay kafka:orders.v1/1/3/12345
`;

interface ReplayOptions extends SelectionOptions {
  readonly limit: number;
  readonly dryRun?: boolean;
  readonly because?: string;
  readonly collector?: string;
  readonly json?: boolean;
}

export function addReplay(dlq: Command, context: CliContext): void {
  addSelection(
    dlq
      .command('replay')
      .description('Takes open dead letters through the present pipeline, each exactly once.')
      .argument('[ids...]', 'these ones'),
  )
    .option('--limit <n>', 'at most so many', readCount, DEFAULT_LIMIT)
    .option('--dry-run', 'only count them')
    .option('--because <text>', 'why, for the audit')
    .option('--collector <app>', 'another collector than the stream’s own')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (ids: readonly string[], options: ReplayOptions) => {
      await withWarehouse(context, (reader) =>
        options.dryRun === true
          ? count(ids, options, reader, context)
          : replay(ids, options, reader, context),
      );
    });
}

async function count(
  ids: readonly string[],
  options: ReplayOptions,
  reader: Reader,
  { terminal, contracts }: CliContext,
): Promise<void> {
  const rows = await reader.all(
    summaryQuery(oneStream(options.stream, ids, contracts), selectionOf(options, ids), 'open'),
  );
  const open = rows.reduce((sum, row) => sum + Number(row.COUNT), 0);
  const wouldReplay = Math.min(open, options.limit);
  const reasons = Object.fromEntries(rows.map((row) => [String(row.REASON), Number(row.COUNT)]));
  if (options.json === true) terminal.print(`${JSON.stringify({ open, wouldReplay, reasons })}\n`);
  else {
    for (const [reason, records] of Object.entries(reasons))
      terminal.print(`${String(records).padStart(9)}  ${reason}\n`);
    terminal.print(`${open} are open; a replay would take ${wouldReplay}\n`);
  }
}

async function replay(
  ids: readonly string[],
  options: ReplayOptions,
  reader: Reader,
  context: CliContext,
): Promise<void> {
  const contract = oneStream(options.stream, ids, context.contracts);
  const bundle = bundleOf(contract, options.collector);
  const selection = selectionOf(options, ids);
  const { terminal } = context;
  const { limit } = options;
  await audit(
    contract,
    [{ action: 'replay', selection: { ...selection, limit }, reason: options.because }],
    context,
  );
  const counts = await replayThrough({ contract, bundle, selection, limit }, reader, context);
  terminal.print(options.json === true ? `${JSON.stringify(counts)}\n` : `${textOf(counts)}\n`);
  if (counts.read + counts.unreadable >= limit)
    terminal.note(
      counts.landed + counts.dead > 0
        ? 'the limit is reached: run it again for the rest'
        : 'the limit is reached, and none of them could be replayed: leave them out by --since or --reason, or discard them',
    );
  const trouble = troubleOf(counts);
  if (trouble !== undefined) throw trouble;
}

function textOf({ read, landed, dead, dropped }: ReplayCounts): string {
  const parts = [`${landed} landed`, `${dead} refused again`, `${dropped} dropped, which stay open`];
  return `replayed ${read}: ${parts.slice(0, dropped > 0 ? 3 : 2).join(', ')}`;
}
