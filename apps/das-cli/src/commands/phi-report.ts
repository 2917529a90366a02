import type { StreamContract } from '@das/contracts';
import { isWarehouseConfigured } from '@das/warehouse';
import { InvalidArgumentError, type Command } from 'commander';
import type { CliContext } from '../context';
import { readHits } from '../phi-report/read-hits';
import { renderHtml } from '../phi-report/render-html';
import { renderText } from '../phi-report/render-text';
import type { PhiReport } from '../phi-report/report-words';
import { reportOf, type Hit } from '../phi-report/stream-report';
import { streamsNamed } from '../streams';
import { UsageError } from '../usage-error';
import { withWarehouse } from '../with-warehouse';
import { writeFileNamed } from '../write-file';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
const MOST_DAYS = 400;

const EXAMPLES = `
What the contracts say is always reported. Hits are read from the tables (DAS_LAKE, or Snowflake), where one is
configured; days are those of UTC, and today is one of them.

Examples:
  das phi report
  das phi report --stream orders_events_v1 --days 30
  das phi report --html phi.html
  das phi report --json | jq '.streams[].hits'
`;

interface ReportOptions {
  readonly stream?: string;
  readonly days: number;
  readonly json?: boolean;
  readonly html?: string;
}

export function addReport(phi: Command, context: CliContext): void {
  phi
    .command('report')
    .description(
      'Per stream: paths, classes, what lands, who sees it, and what was found undeclared, by day.',
    )
    .option('--stream <name>', 'this stream alone, such as orders_events_v1')
    .option('--days <n>', 'hits of so many days', readDays, DEFAULT_DAYS)
    .option('--json', 'one JSON object')
    .option('--html <file>', 'into this file, as a page that needs nothing else')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ReportOptions) => {
      const { json = false, html } = options;
      if (json && html !== undefined) throw new UsageError('--json or --html, not both');
      const report = await makeReport(options, context);
      if (html !== undefined) writeFileNamed('--html', html, renderHtml(report), context.terminal);
      else context.terminal.print(json ? `${JSON.stringify(report)}\n` : renderText(report));
    });
}

async function makeReport({ stream, days }: ReportOptions, context: CliContext): Promise<PhiReport> {
  const contracts = streamsNamed(stream, context.contracts);
  const now = Date.now();
  const sinceMs = Math.floor(now / DAY_MS) * DAY_MS - (days - 1) * DAY_MS;
  const hitsRead = isWarehouseConfigured(context.env);
  const hits = hitsRead
    ? await hitsOf(contracts, sinceMs, context)
    : new Map<StreamContract, readonly Hit[]>();
  return {
    generatedAt: new Date(now).toISOString(),
    days,
    hitsRead,
    streams: contracts.map((contract) => reportOf(contract, hits.get(contract) ?? null)),
  };
}

async function hitsOf(contracts: readonly StreamContract[], sinceMs: number, context: CliContext) {
  return withWarehouse(context, async (reader) => {
    const hits = new Map<StreamContract, readonly Hit[]>();
    for (const contract of contracts) {
      context.terminal.progress(`reading the hits of ${contract.stream}`);
      hits.set(contract, await readHits(contract, sinceMs, reader));
    }
    return hits;
  });
}

/** @throws InvalidArgumentError */
function readDays(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > MOST_DAYS)
    throw new InvalidArgumentError(`a whole number from 1 to ${MOST_DAYS} is needed.`);
  return days;
}
