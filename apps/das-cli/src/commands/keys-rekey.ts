import { Option, type Command } from 'commander';
import { readRing, rekeyingOf } from '@das/keys';
import type { KeyPurpose } from '@das/pipeline';
import type { CliContext } from '../context';
import { readCount } from '../dead-letters/selection';
import { checkClear } from '../keys/check-clear';
import { planRekey, planText, type RekeyPlan } from '../keys/rekey-plan';
import { mapAll, rekey, type RekeyResult } from '../keys/rekey-run';
import { domainsOf } from '../keys/rekey-sql';
import { readPurpose, ringPath } from '../keys/ring';
import { UsageError } from '../usage-error';
import { withWarehouse, type Reader } from '../with-warehouse';

/** Longer than collectors take to look at the ring (60 s) and to commit what they hold. */
const WAIT_SECONDS = 180;

const EXAMPLES = `
For token:<domain> and link. A new key is layered on the one in use: its token is made of that one's token. So what has
landed is mapped without a clear value, row by row into OPS.TOKEN_REKEYS, and meets what lands from now on.
docs/runbooks/re-key.md says what becomes of it. A run that was killed is run again, and goes on.

Examples:
  das keys rekey token:brook_commerce --dry-run
  das keys rekey token:brook_commerce --yes
  das keys rekey link --until added            # then bring the ring to the collectors, and go on without --until
  das keys rekey token:brook_commerce --again  # tokens of earlier keys that came late
`;

interface RekeyOptions {
  readonly dryRun?: boolean;
  readonly again?: boolean;
  readonly until: 'added' | 'activated' | 'done';
  readonly wait: number;
  readonly kms?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addKeysRekey(keys: Command, context: CliContext): void {
  keys
    .command('rekey')
    .description('Takes tokens from one key to the next, those that have landed too.')
    .argument('<purpose>', 'token:<domain>, or link', readPurpose)
    .option('--dry-run', 'count what has landed, and change nothing')
    .option('--again', 'no new key: map tokens of earlier keys that are not mapped yet')
    .addOption(
      new Option('--until <step>', 'stop once the key is added, or activated')
        .choices(['added', 'activated', 'done'])
        .default('done'),
    )
    .option('--wait <seconds>', 'for collectors to use a changed ring', readCount, WAIT_SECONDS)
    .option(
      '--kms <key>',
      'the new key is wrapped by this KMS key; without it, as the last key of the ring is',
    )
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (purpose: KeyPurpose, options: RekeyOptions) => {
      const result = await withWarehouse(context, (reader) => run(purpose, options, reader, context));
      if (result === undefined) return;
      const { terminal } = context;
      if (options.json === true) terminal.print(`${JSON.stringify(result)}\n`);
      else terminal.print('places' in result ? planText(result) : resultText(result));
    });
}

async function run(
  purpose: KeyPurpose,
  options: RekeyOptions,
  reader: Reader,
  context: CliContext,
): Promise<RekeyPlan | RekeyResult | undefined> {
  const path = ringPath(context.env);
  const ring = readRing(path);
  const { step } = rekeyingOf(ring, purpose);
  const domains = domainsOf(purpose, context.contracts, (place) => reader.textsAt(place));
  const plan = () => planRekey(purpose, ring, domains, reader);
  if (options.dryRun === true) return plan();
  const order = { path, purpose, kms: options.kms, waitMs: options.wait * 1000, until: options.until };
  if (options.again === true) {
    await checkClear(domains, reader);
    const key = ring.filter((one) => one.purpose === purpose && one.state === 'active').at(-1);
    const counts = await mapAll(order, domains, reader, context, key?.activated);
    return { purpose, step: 'done', key: key?.id ?? '', ...counts };
  }
  if (options.yes !== true && !(await isConfirmed(purpose, step, plan, context))) return undefined;
  // Before there is a key that could not be followed up.
  if (options.until !== 'added') await checkClear(domains, reader);
  return rekey(order, domains, reader, context);
}

/** @throws UsageError where nobody can be asked */
async function isConfirmed(
  purpose: KeyPurpose,
  step: string,
  plan: () => Promise<RekeyPlan>,
  { terminal, signal }: CliContext,
): Promise<boolean> {
  if (!terminal.isInteractive)
    throw new UsageError(`nobody is there to confirm: add --yes to re-key ${purpose}`);
  terminal.note(planText(await plan()).trimEnd());
  const what = step === 'none' ? 'Begin to re-key' : 'Go on to re-key';
  return terminal.confirm(`${what} ${purpose}?`, signal);
}

function resultText({ purpose, step, key, mapped, passes }: RekeyResult): string {
  if (step === 'added') return `${purpose}: ${key} is in the ring, and not used yet\n`;
  if (step === 'activated') return `${purpose}: ${key} is in use; earlier tokens are not mapped yet\n`;
  return (
    `${purpose}: ${key} is in use, ${mapped.toLocaleString('en')} earlier tokens were mapped in ${passes} passes\n` +
    'Earlier tokens stay in BRONZE until they expire; OPS.TOKEN_REKEYS links them: drop its rows after that.\n'
  );
}
