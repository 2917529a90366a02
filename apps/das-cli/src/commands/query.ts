import { isSqlMistake, type Answer } from '@das/warehouse';
import { Option, type Command } from 'commander';
import type { CliContext } from '../context';
import { readCount } from '../dead-letters/selection';
import { csvLayout, jsonLayout, type Layout } from '../query/layout';
import { printAnswer, type Printed } from '../query/print-answer';
import { textTable } from '../query/text-table';
import { SECURED_VIEWS } from '../streams';
import { UsageError } from '../usage-error';
import { withAnswer } from '../with-warehouse';

/** By which the columns of a table get their widths. */
const SAMPLED_ROWS = 500;

const EXAMPLES = `
Nothing can be written: one SELECT is read. Locally it reads the declared tables alone: those of the lake (BRONZE, OPS)
and those of the newest snapshot that das transform published (SILVER, GOLD), as they are when the query begins.
With --role, GOLD alone is read, with that role's masks and rows. Tables are named with database and schema. What is configured (README.md lists it) decides what is read.

Examples:
  das query 'SELECT "STATE", COUNT(*) AS "N" FROM "BROOK_COMMERCE"."GOLD"."ORDERS" GROUP BY 1 ORDER BY 2 DESC'
  das query 'select * from brook_commerce.gold.sessions' --limit 20
  das query 'select * from brook_commerce.gold.orders' --json | jq '.[0]'
  das query 'select * from brook_commerce.gold.customers' --role ANALYST_EMEA
  das query - --csv <report.sql >report.csv
`;

interface AskOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly limit?: number;
  readonly role?: string;
}

/** `das query`: what an analyst asks. */
export function queryCommand(das: Command, context: CliContext): void {
  das
    .command('query')
    .description('Asks the tables one SELECT.')
    .argument('<sql>', 'the SELECT, or - to read it from standard input')
    .addOption(new Option('--json', 'an array of row objects, and nothing else').conflicts('csv'))
    .option('--csv', 'comma-separated, with a header (RFC 4180)')
    .option('--limit <n>', 'print at most so many rows', readCount)
    .option('--role <role>', 'read as this role: what its policies let it see')
    .addHelpText('after', EXAMPLES)
    .action(async (argument: string, options: AskOptions) => {
      const { terminal } = context;
      const sql = argument === '-' ? await terminal.input(context.signal) : argument;
      if (sql.trim() === '') throw new UsageError('there is no SQL to ask');
      const { rows, isCut } = await ask(sql, options, context);
      if (isCut) terminal.note(`there are more than ${rows.toLocaleString('en')} rows: raise --limit`);
      else if (options.json !== true && options.csv !== true)
        terminal.note(`${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`);
    });
}

async function ask(sql: string, options: AskOptions, context: CliContext): Promise<Printed> {
  const { terminal } = context;
  try {
    return await withAnswer(
      context,
      sql,
      async (answer) =>
        printAnswer(answer, terminal, {
          signal: context.signal,
          sampled: options.json === true || options.csv === true ? 0 : SAMPLED_ROWS,
          limit: options.limit,
          layoutOf: layoutFor(answer, options, terminal.width),
        }),
      options.role === undefined ? undefined : { role: options.role, views: SECURED_VIEWS },
    );
  } catch (thrown) {
    if (!isSqlMistake(thrown)) throw thrown;
    const { message, cure } = thrown;
    throw new UsageError(cure === undefined ? message : `${message} (${cure})`);
  }
}

/** @throws UsageError */
function layoutFor(
  { columns }: Answer,
  { json, csv }: AskOptions,
  width: number | undefined,
): Parameters<typeof printAnswer>[2]['layoutOf'] {
  if (json === true) {
    const names = columns.map(({ name }) => name);
    if (new Set(names).size < names.length)
      throw new UsageError('two columns have one name, which an object cannot hold: give one an alias');
    return (): Layout => jsonLayout(columns);
  }
  if (csv === true) return (): Layout => csvLayout(columns);
  return (sample) => textTable(columns, sample, width);
}
