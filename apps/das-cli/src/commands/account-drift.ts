import { readFileSync } from 'node:fs';
import {
  drift,
  mendingStatements,
  PROFILES,
  readSnapshot,
  type DeclaredAccount,
  type Profile,
  type Snapshot,
} from '@das/account';
import { Option, type Command } from 'commander';
import { readDeclared } from '../account/declared';
import { recordSnapshot } from '../account/record-snapshot';
import { renderDrift, renderFix } from '../account/render-drift';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { UsageError } from '../usage-error';
import { writeFileNamed } from '../write-file';

const EXAMPLES = `
Compares an account with contracts/: roles and who holds them, grants, shares, warehouses and their monitors, bodies of
policies, procedures and tasks, where policies are attached, tags, mapping tables, how people and programs get in.
Everything else on the account is somebody else's, unless it has something of this one. Views of ACCOUNT_USAGE are up to
two hours late: what was mended may be told once more.

Nothing is changed. --fix-sql writes the statements that would mend; those that take something away (REVOKE, DROP, UNSET)
only with --destructive. Read them before you run them.

Exit codes: 0 no drift; 1 drift.

Examples:
  das account drift --snapshot account.json
  das account drift --live --json | jq '.findings[] | select(.severity == "critical")'
  das account drift --live --fix-sql mend.sql --destructive
`;

interface DriftOptions {
  readonly contracts: string;
  readonly profile: Profile;
  readonly snapshot?: string;
  readonly live?: boolean;
  readonly json?: boolean;
  readonly fixSql?: string;
  readonly destructive?: boolean;
}

export function addDrift(account: Command, context: CliContext): void {
  account
    .command('drift')
    .description('How an account differs from what is declared, and what would mend it.')
    .addOption(
      new Option('--snapshot <file>', 'an account as das account snapshot recorded it').conflicts('live'),
    )
    .option('--live', 'the account that the environment names')
    .addOption(
      new Option('--profile <name>', 'which profile it has').choices([...PROFILES]).default('production'),
    )
    .option('--contracts <dir>', 'the folder of the contracts', 'contracts')
    .option('--json', 'one JSON object')
    .option('--fix-sql <file>', 'write the statements that mend into this file')
    .option('--destructive', 'those that take something away, too')
    .addHelpText('after', EXAMPLES)
    .action(async (options: DriftOptions) => {
      await compare(options, context);
    });
}

async function compare(options: DriftOptions, context: CliContext): Promise<void> {
  const { json = false, fixSql, destructive = false, profile } = options;
  if (destructive && fixSql === undefined)
    throw new UsageError('--destructive says what --fix-sql writes: name a file');
  const account = readDeclared(options.contracts);
  const snapshot = await snapshotOf(options, account, context);
  const findings = drift(account, profile, snapshot);
  const { terminal } = context;
  terminal.print(
    json
      ? `${JSON.stringify({ recordedAt: snapshot.recordedAt, profile, findings })}\n`
      : renderDrift(findings),
  );
  if (fixSql !== undefined) {
    const mends = renderFix(findings, mendingStatements(findings, { destructive }));
    writeFileNamed('--fix-sql', fixSql, mends, terminal);
  }
  if (findings.length > 0) throw new FindingsError('');
}

async function snapshotOf(
  { snapshot: file, live }: DriftOptions,
  account: DeclaredAccount,
  context: CliContext,
): Promise<Snapshot> {
  if (live === true) return recordSnapshot(account, context);
  if (file === undefined) throw new UsageError('which account? --snapshot FILE, or --live');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read: das account snapshot > ${file} records one`);
  }
  const read = readSnapshot(text, account);
  if ('fault' in read) throw new UsageError(`${file} is no snapshot of this account: ${read.fault}`);
  return read.snapshot;
}
