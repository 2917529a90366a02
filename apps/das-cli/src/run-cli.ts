import { asFailure, EXIT_CODES, type Failure } from '@das/pipeline';
import { Command, CommanderError } from 'commander';
import { ContractError } from '@das/contracts';
import { accountCommands } from './commands/account';
import { channelCommands } from './commands/channel';
import { collectorCommands } from './commands/collector';
import { contractCommands } from './commands/contract';
import { dlqCommands } from './commands/dlq';
import { domainCommands } from './commands/domain';
import { fleetCommands } from './commands/fleet';
import { fuseCommands } from './commands/fuse';
import { keysCommands } from './commands/keys';
import { phiCommands } from './commands/phi';
import { policyCommands } from './commands/policy';
import { shareCommands } from './commands/share';
import { productCommands } from './commands/product';
import { queryCommand } from './commands/query';
import { transformCommand } from './commands/transform';
import type { CliContext } from './context';
import { FINDINGS_EXIT_CODE, FindingsError } from './findings-error';
import { tellUsage } from './tell-usage';
import type { Terminal } from './terminal';
import { USAGE_EXIT_CODE, UsageError } from './usage-error';

/**
 * Runs one command.
 * @returns the exit code: 0; 1 for findings that fail; 2 for a wrong command line; 65, 70, 75 or 78 by the kind of failure
 */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  try {
    await program(context).parseAsync(args, { from: 'user' });
    return 0;
  } catch (thrown) {
    return report(thrown, context);
  }
}

/** Every group of commands is one file of commands/, and is named here. */
function program(context: CliContext): Command {
  const das = new Command('das').description(
    'Operates DAS: contracts, policies, the account, dead letters, fuses, channels, keys, personal data, SILVER and GOLD, queries; makes domains, collectors and products.',
  );
  const { terminal } = context;
  // Inherited by every command that is added after this.
  das.exitOverride().configureOutput({
    writeOut: (text) => {
      terminal.print(text);
    },
    writeErr: (text) => {
      terminal.note(text.trimEnd());
    },
    // Reported once, by `report`.
    outputError: () => undefined,
  });
  das.addHelpText('after', EXIT_HELP);
  const groups = [
    dlqCommands,
    channelCommands,
    contractCommands,
    fuseCommands,
    keysCommands,
    phiCommands,
    policyCommands,
    shareCommands,
    transformCommand,
    queryCommand,
    accountCommands,
    domainCommands,
    collectorCommands,
    fleetCommands,
    productCommands,
  ];
  for (const add of groups) add(das, context);
  return das;
}

const EXIT_HELP = `
Results go to standard output (with --json as JSON, and nothing else), progress to standard error.
Exit codes: 0 done; 1 something was found that fails; 2 wrong command line; 65 data at fault; 70 unknown failure; 75 try again later;
78 a setting or a grant is wrong; 130 interrupted.

In a clone: npm run -s das -- <command>
`;

function report(thrown: unknown, { terminal, signal }: CliContext): number {
  if (thrown instanceof CommanderError) {
    // Help that was asked for is a result; a group that is named without a command shows its help.
    if (thrown.exitCode === 0) return 0;
    if (thrown.code !== 'commander.help') terminal.alarm(`das: ${tellUsage(thrown)}`);
    return USAGE_EXIT_CODE;
  }
  if (thrown instanceof UsageError) {
    terminal.alarm(`das: ${thrown.message}`);
    return USAGE_EXIT_CODE;
  }
  if (thrown instanceof FindingsError) {
    if (thrown.message !== '') terminal.note(`das: ${thrown.message}`);
    return FINDINGS_EXIT_CODE;
  }
  if (thrown instanceof ContractError) {
    terminal.alarm(`das: ${thrown.message}`);
    return FINDINGS_EXIT_CODE;
  }
  if (signal.aborted) {
    terminal.note('das: interrupted');
    return EXIT_CODES.transient;
  }
  const failure = asFailure(thrown);
  tellFailure(failure, terminal);
  return EXIT_CODES[failure.kind];
}

/** One line; of what nobody understands also the places in the code, for whoever mends it. */
export function tellFailure(failure: Failure, terminal: Terminal): void {
  terminal.alarm(`das: ${failure.line}`);
  if (failure.kind === 'unknown') for (const place of failure.places) terminal.note(`    at ${place}`);
}
