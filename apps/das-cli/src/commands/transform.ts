import { join } from 'node:path';
import { openTransformer, type Transformer } from '@das/transform';
import { InvalidArgumentError, type Command } from 'commander';
import type { CliContext } from '../context';
import { renderReport } from '../transform/render-report';
import { tellBuildFailure } from '../transform/tell-build-failure';
import { watchTransform } from '../transform/watch-transform';
import { UsageError } from '../usage-error';

/** This bundle is dist/apps/das-cli/main.js. */
const ROOT = join(__dirname, '..', '..', '..');
const LONGEST_WAIT_SECONDS = 86_400;

const EXAMPLES = `
Where DAS_LAKE names a lake, dbt builds what is new of it in DAS_REFINED, and what is green is published there for
readers; a build that fails changes nothing for them. Where the environment names Snowflake, tasks and dynamic tables
do that by themselves, and how far they have come is told.

Examples:
  das transform
  das transform --watch 10
  das transform --json | jq '.tables'
  das transform --full-refresh --allow-forgetting
`;

export interface TransformOptions {
  readonly watch?: number;
  readonly force?: boolean;
  readonly fullRefresh?: boolean;
  readonly allowForgetting?: boolean;
  readonly json?: boolean;
}

/** `das transform`: from BRONZE to SILVER and GOLD. */
export function transformCommand(das: Command, context: CliContext): void {
  das
    .command('transform')
    .description('Brings SILVER and GOLD up to date with BRONZE, and publishes them.')
    .option(
      '--watch <seconds>',
      'again and again, with a pause of so many seconds, until Ctrl-C',
      readSeconds,
    )
    .option('--force', 'build also where nothing is new')
    .option('--full-refresh', 'everything anew from what BRONZE holds now; goes with --allow-forgetting')
    .option('--allow-forgetting', 'what BRONZE holds no longer, after 30 days, may be lost')
    .option('--json', 'one JSON object for each run')
    .addHelpText('after', EXAMPLES)
    .action(async (options: TransformOptions) => {
      check(options);
      const databases = [...new Set(context.contracts.map(({ table }) => table.database))];
      const transformer = await openTransformer(context.env, {
        root: ROOT,
        databases,
        note: (line) => {
          context.terminal.note(line);
        },
      });
      try {
        if (options.watch === undefined) await runOnce(transformer, options, context);
        else await watchTransform(transformer, { ...options, watch: options.watch }, context);
      } finally {
        await transformer.close();
      }
    });
}

async function runOnce(
  transformer: Transformer,
  { force = false, fullRefresh = false, json = false }: TransformOptions,
  context: CliContext,
): Promise<void> {
  const { terminal, signal } = context;
  try {
    const report = await transformer.run({
      force,
      fullRefresh,
      signal,
      tell: ({ name, seconds }) => {
        terminal.note(`${name.padEnd(44)} ${seconds.toFixed(1).padStart(6)} s`);
      },
    });
    terminal.print(json ? `${JSON.stringify(report)}\n` : `${renderReport(report)}\n`);
  } catch (thrown) {
    tellBuildFailure(thrown, json, context);
    throw thrown;
  }
}

function check({ watch, fullRefresh = false, allowForgetting = false }: TransformOptions): void {
  if (fullRefresh && !allowForgetting)
    throw new UsageError(
      '--full-refresh forgets what BRONZE no longer holds, after 30 days: say so with --allow-forgetting',
    );
  if (allowForgetting && !fullRefresh) throw new UsageError('--allow-forgetting goes with --full-refresh');
  if (fullRefresh && watch !== undefined) throw new UsageError('--full-refresh or --watch, not both');
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= LONGEST_WAIT_SECONDS) return seconds;
  throw new InvalidArgumentError(`It takes a number of seconds, at most ${LONGEST_WAIT_SECONDS}.`);
}
