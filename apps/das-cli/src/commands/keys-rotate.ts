import type { Command } from 'commander';
import { changeRing, rotate } from '@das/keys';
import type { KeyPurpose } from '@das/pipeline';
import type { CliContext } from '../context';
import { readPurpose, ringPath, withMaker } from '../keys/ring';

const EXAMPLES = `
For dead-letter, record-hash and encrypt:<domain>. The new key is used once collectors have read the ring again
(DAS_KEY_REFRESH_SECONDS); what was made with the earlier ones names them, so leave them in the file. Keys of tokens
are never exchanged: das keys rekey.

Examples:
  das keys rotate dead-letter
  das keys rotate encrypt:brook_commerce --kms alias/das-2027
`;

interface RotateOptions {
  readonly kms?: string;
  readonly json?: boolean;
}

export function addKeysRotate(keys: Command, context: CliContext): void {
  keys
    .command('rotate')
    .description('Adds a key that is used from now on; earlier ones go on reading.')
    .argument('<purpose>', 'what for, as das keys list shows it', readPurpose)
    .option('--kms <key>', 'wrapped by this KMS key; without it, as the last key of the ring is')
    .option('--json', 'one JSON object: {"purpose", "id"}')
    .addHelpText('after', EXAMPLES)
    .action(async (purpose: KeyPurpose, options: RotateOptions) => {
      const path = ringPath(context.env);
      const ring = await withMaker(path, options.kms, (make) =>
        changeRing(path, (ring) => rotate(ring, purpose, make)),
      );
      const id = ring.at(-1)?.id;
      context.terminal.print(
        options.json === true
          ? `${JSON.stringify({ purpose, id })}\n`
          : `${purpose} uses ${id} from now on\n`,
      );
    });
}
