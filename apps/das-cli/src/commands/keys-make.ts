import type { Command } from 'commander';
import { addMissing, changeRing, ringPurposes } from '@das/keys';
import type { CliContext } from '../context';
import { ringPath, withMaker } from '../keys/ring';

const EXAMPLES = `
Makes the file named by PHI_KEY_FILE, or adds the keys that the contracts need and it lacks. Keys that are there stay
as they are, so it can be run again. With --kms the file holds what KMS alone can open; without it, keys in clear, for
a laptop. Region, endpoint and credentials are found as the AWS SDK finds them.

Examples:
  PHI_KEY_FILE=.das/keys/phi-keys.json das keys make
  PHI_KEY_FILE=keys.json das keys make --kms alias/das
`;

interface MakeOptions {
  readonly kms?: string;
  readonly json?: boolean;
}

export function addKeysMake(keys: Command, context: CliContext): void {
  keys
    .command('make')
    .description('Makes what the contracts need and the key ring lacks.')
    .option('--kms <key>', 'wrapped by this KMS key: its id, ARN or alias')
    .option('--json', 'one JSON array of what was made')
    .addHelpText('after', EXAMPLES)
    .action(async (options: MakeOptions) => {
      const made = await make(options, context);
      const { terminal } = context;
      if (options.json === true) terminal.print(`${JSON.stringify(made)}\n`);
      else if (made.length === 0) terminal.print('nothing is missing\n');
      else for (const { purpose, id } of made) terminal.print(`made ${purpose} ${id}\n`);
    });
}

async function make({ kms }: MakeOptions, { env, contracts }: CliContext) {
  const path = ringPath(env);
  const wanted = ringPurposes(contracts);
  return withMaker(path, kms, async (maker) => {
    let before = 0;
    const after = await changeRing(path, (ring) => {
      before = ring.length;
      return addMissing(ring, wanted, maker);
    });
    return after.slice(before).map(({ purpose, id }) => ({ purpose, id }));
  });
}
