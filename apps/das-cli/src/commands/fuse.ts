import { asFailure, type Failure } from '@das/pipeline';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { CollectorAdmin, readAdminToken } from '../fuse/collector-admin';

interface FuseOptions {
  readonly url: readonly string[];
  readonly json?: boolean;
  readonly partition?: string;
}

const EXAMPLES = `
DAS_ADMIN_TOKEN comes from the environment, the same as the collector's.

Examples:
  das fuse status --url http://127.0.0.1:3000
  das fuse reset --url http://127.0.0.1:3000 --url http://127.0.0.1:3001
  das fuse reset --url http://127.0.0.1:3000 --partition 3
`;

/** `das fuse`: partitions that stopped reading because too much was refused. */
export function fuseCommands(das: Command, context: CliContext): void {
  const fuse = das.command('fuse').description('Fuses: partitions that stopped, since too much was refused.');
  const add = (name: string, description: string): Command =>
    fuse
      .command(name)
      .description(description)
      .requiredOption('--url <url>', 'a collector; may be given several times', collect)
      .option('--json', 'one JSON array')
      .addHelpText('after', EXAMPLES);

  add('status', 'The fuse of every partition that the collectors hold, or have held.').action(
    (options: FuseOptions) =>
      eachCollector(options, context, async (admin) => {
        const fuses = await admin.fuses();
        return {
          rows: fuses.map((fuse) => ({ url: admin.url, ...fuse })),
          lines: fuses.map(({ partition, reason }) => `partition ${partition}: ${reason ?? 'whole'}`),
        };
      }),
  );
  add('reset', 'Reading goes on where it stopped. Cure what was refused first.')
    .option('--partition <id>', 'only this one')
    .action((options: FuseOptions) =>
      eachCollector(options, context, async (admin) => {
        const reset = await admin.resetFuses(options.partition);
        const lines = reset.map((partition) => `partition ${partition}: reset`);
        return { rows: [{ url: admin.url, reset }], lines: lines.length > 0 ? lines : ['nothing was blown'] };
      }),
    );
}

/** One that cannot be asked does not keep the others from being asked. @throws Failure the first one, at the end */
async function eachCollector(
  { url: urls, json }: FuseOptions,
  { env, signal, terminal }: CliContext,
  ask: (admin: CollectorAdmin) => Promise<{ rows: readonly object[]; lines: readonly string[] }>,
): Promise<void> {
  const token = readAdminToken(env);
  const admins = urls.map((url) => new CollectorAdmin(url, token, signal));
  const rows: object[] = [];
  const failures: Failure[] = [];
  for (const admin of admins) {
    try {
      const answer = await ask(admin);
      rows.push(...answer.rows);
      if (json !== true) terminal.print(answer.lines.map((line) => `${admin.url} ${line}\n`).join(''));
    } catch (thrown) {
      failures.push(asFailure(thrown));
    }
  }
  if (json === true) terminal.print(`${JSON.stringify(rows)}\n`);
  const [first, ...others] = failures;
  for (const { line } of others) terminal.alarm(`das: ${line}`);
  if (first !== undefined) throw first;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
