import type { Command } from 'commander';
import {
  recoverWord,
  startCollectorCommand,
  type RecoverOrder,
  type RecoverResult,
  type Witness,
} from '@das/collector-link';
import type { StreamContract } from '@das/contracts';
import { Failure } from '@das/pipeline';
import { bundleOf } from '../collector-bundle';
import type { CliContext } from '../context';
import { tableOf } from '../dead-letters/dead-letter-sql';
import { readCount } from '../dead-letters/selection';
import { offsetOrder } from '../source-offset';
import { streamOfCollector } from '../streams';
import { withWarehouse, type Reader } from '../with-warehouse';

const WAIT_SECONDS = 30;

const EXAMPLES = `
For channels that are gone (channel_lost): BRONZE says which record was the last one; it is read again from the
source, and must be the same. Stop the collector first; this needs its environment. A channel that has an offset
token is never touched. docs/runbooks/channel-lost.md says more.

Examples:
  das channel recover --collector orders-events-collector --dry-run
  das channel recover --collector orders-events-collector
  das channel recover --collector orders-events-collector --partition 3 --from-checkpoint
`;

interface RecoverOptions {
  readonly collector: string;
  readonly partition?: string;
  readonly dryRun?: boolean;
  readonly fromCheckpoint?: boolean;
  readonly wait: number;
  readonly json?: boolean;
}

export function addRecover(channel: Command, context: CliContext): void {
  channel
    .command('recover')
    .description('Gives channels that were lost their offset tokens again, as BRONZE proves them.')
    .requiredOption('--collector <app>', 'whose channels, such as orders-events-collector')
    .option('--partition <id>', 'this one alone')
    .option('--dry-run', 'find out, and change nothing')
    .option('--from-checkpoint', 'where BRONZE has no row any more, believe the source’s checkpoint')
    .option('--wait <seconds>', 'for partitions that others hold', readCount, WAIT_SECONDS)
    .option('--json', 'one JSON array')
    .addHelpText('after', EXAMPLES)
    .action(async (options: RecoverOptions) => {
      const results: RecoverResult[] = [];
      try {
        await withWarehouse(context, (reader) => recover(options, reader, context, results));
      } finally {
        // Also what was done before something failed.
        if (options.json === true) context.terminal.print(`${JSON.stringify(results)}\n`);
      }
      const refused = results.filter(({ outcome }) => outcome === 'refused');
      if (refused.length === 0) return;
      throw new Failure('setup', 'not_recovered', `${refused.length} partitions were not recovered`, {
        cure: 'each says why',
      });
    });
}

async function recover(
  options: RecoverOptions,
  reader: Reader,
  context: CliContext,
  results: RecoverResult[],
): Promise<void> {
  const contract = streamOfCollector(options.collector, context.contracts);
  const child = startCollectorCommand({
    bundle: bundleOf(contract, options.collector),
    command: 'recover',
    env: context.env,
    word: recoverWord,
  });
  const onAbort = (): void => void child.stop();
  context.signal.addEventListener('abort', onAbort);
  try {
    for await (const word of child.words()) {
      if ('source' in word) {
        const order: RecoverOrder = {
          witnesses: await witnessesOf(contract, word.source, options, reader),
          dryRun: options.dryRun === true,
          fromCheckpoint: options.fromCheckpoint === true,
          waitSeconds: options.wait,
          ...(options.partition !== undefined && { partition: options.partition }),
        };
        context.terminal.note(`BRONZE has rows of ${order.witnesses.length} partitions; joining the source`);
        await child.say(order);
        child.end();
      } else if ('result' in word) {
        results.push(word.result);
        if (options.json !== true) context.terminal.print(`${lineOf(word.result)}\n`);
      } else if ('done' in word) return;
    }
    throw new Error('a child that ends before it is done is a failure');
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    await child.stop();
  }
}

/** The last row of each partition's latest epoch; replayed rows have another source. */
async function witnessesOf(
  contract: StreamContract,
  source: string,
  { partition }: RecoverOptions,
  reader: Reader,
): Promise<readonly Witness[]> {
  const offset = offsetOrder('"SOURCE_OFFSET"');
  const rows = await reader.all({
    sql:
      `SELECT t."SOURCE_PARTITION" AS "P", t."SOURCE_EPOCH" AS "E", t."SOURCE_OFFSET" AS "O", t."RECORD_HASH" AS "H" ` +
      `FROM (SELECT "SOURCE_PARTITION", "SOURCE_EPOCH", "SOURCE_OFFSET", "RECORD_HASH", ROW_NUMBER() OVER (` +
      `PARTITION BY "SOURCE_PARTITION" ORDER BY "SOURCE_EPOCH" DESC, ${offset} DESC) AS "N" ` +
      `FROM ${tableOf(contract)} WHERE "SOURCE" = ?` +
      `${partition === undefined ? '' : ' AND "SOURCE_PARTITION" = ?'}) t WHERE t."N" = 1 ORDER BY "P"`,
    binds: partition === undefined ? [source] : [source, partition],
  });
  return rows.map(({ P, E, O, H }) => ({
    partition: String(P),
    epoch: Number(E),
    position: String(O),
    recordHash: String(H),
  }));
}

function lineOf(result: RecoverResult): string {
  const { partition, outcome, position, verified, code, message, cure } = result;
  const said: Readonly<Record<RecoverResult['outcome'], string>> = {
    recovered: `recovered at ${position ?? ''}${verified === true ? '' : ', unverified: there is nothing to compare'}`,
    recoverable: `can be recovered at ${position ?? ''}${verified === true ? '' : ', unverified: there is nothing to compare'}`,
    has_token: 'has its offset token',
    nothing_to_do: 'nothing was ever committed',
    refused: `${code ?? ''}: ${message ?? ''}${cure === undefined ? '' : ` (${cure})`}`,
  };
  return `partition ${partition}: ${said[outcome]}`;
}
