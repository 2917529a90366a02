import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@das/pipeline';
import type { Draft } from '@das/scaffold';
import { Option, type Command } from 'commander';
import type { CliContext } from '../context';
import { UsageError } from '../usage-error';
import { writeDraft } from './draft-of';

export interface FinishOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly writeOnly?: boolean;
  readonly json?: boolean;
}

/** What every command has that makes files. */
export function addFinishOptions(command: Command): Command {
  return command
    .option('--root <dir>', "the repository's root", '.')
    .option('--yes', 'ask nothing: take what is not said as it would be offered, and write')
    .addOption(new Option('--dry-run', 'tell which files it would write, and write none').conflicts('yes'))
    .option('--write-only', 'write the files alone, and do not install, generate, format and render')
    .option('--json', '{files: [{path, change}]}, and nothing else');
}

interface Step {
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** What a run of ours says may be long: its end is where it failed. */
const TOLD_LINES = 20;
const FORMATTED = [
  'apps/*-collector/**',
  'contracts',
  'nest-cli.json',
  'docker-compose.yml',
  'dbt/profiles.yml',
];

/**
 * Tells what a draft changes, asks, writes it, and lets everything follow that is made of it.
 * @throws UsageError where nobody can be asked; Failure setup where a step fails, with what was written left as it is
 */
export async function finishDraft(draft: Draft, options: FinishOptions, context: CliContext): Promise<void> {
  const { terminal, signal } = context;
  const changes = draft.changes();
  const told = changes.map(({ path, change }) => `${change.padEnd(8)} ${path}`);
  if (options.json === true) terminal.print(`${JSON.stringify({ files: changes }, null, 2)}\n`);
  else terminal.print(`${told.join('\n')}\n`);
  if (options.dryRun === true) {
    terminal.note('nothing was written (--dry-run)');
    return;
  }
  if (options.yes !== true) {
    if (!terminal.isInteractive) throw new UsageError('nobody is there to confirm: add --yes, or --dry-run');
    if (!(await terminal.confirm(`Write these ${changes.length} files?`, signal))) {
      terminal.note('nothing was written');
      return;
    }
  }
  writeDraft(draft);
  if (options.writeOnly === true) return;
  for (const step of stepsAfter(draft)) {
    signal.throwIfAborted();
    terminal.progress(step.what);
    await run(step, draft.root, signal, (line) => {
      terminal.note(line);
    });
  }
  terminal.note('next: npm run verify');
}

function stepsAfter(draft: Draft): readonly Step[] {
  const paths = draft
    .changes()
    .filter(({ change }) => change !== 'removed')
    .map(({ path }) => path);
  const bin = (name: string): string => join(draft.root, 'node_modules', '.bin', name);
  const canRender =
    existsSync(join(draft.root, '.tools', 'fakesnow')) && existsSync(join(draft.root, '.tools', 'dbt'));
  return [
    {
      what: 'linking workspaces (npm install)',
      command: 'npm',
      args: ['install', '--no-audit', '--no-fund'],
    },
    { what: 'generating code (npm run generate)', command: bin('tsx'), args: ['scripts/generate.ts'] },
    {
      what: 'formatting',
      command: bin('prettier'),
      // All of what commands like these write: earlier ones may have left it to this one (--write-only).
      args: ['--write', '--log-level=warn', '--ignore-unknown', ...FORMATTED],
    },
    ...(canRender && paths.some((path) => path.startsWith('dbt/models/'))
      ? [
          {
            what: 'rendering what Snowflake is sent (npm run render)',
            command: bin('tsx'),
            args: ['scripts/render/main.ts'],
          },
        ]
      : []),
  ];
}

async function run(
  { what, command, args }: Step,
  cwd: string,
  signal: AbortSignal,
  note: (line: string) => void,
): Promise<void> {
  const child = spawn(command, args, { cwd, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  for (const line of said.trimEnd().split('\n').slice(-TOLD_LINES)) note(line);
  throw new Failure('setup', 'step_failed', `${what} failed`, {
    cure: 'what was written stays: mend what it says above, then npm install, npm run generate, npm run format, npm run render',
  });
}
