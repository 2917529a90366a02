import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addKeysList } from './keys-list';
import { addKeysMake } from './keys-make';
import { addKeysRekey } from './keys-rekey';
import { addKeysRotate } from './keys-rotate';

/** `das keys`: the key ring. */
export function keysCommands(das: Command, context: CliContext): void {
  const keys = das
    .command('keys')
    .description('The key ring (PHI_KEY_FILE): what events are sealed, hashed and tokenised with.');
  for (const add of [addKeysMake, addKeysList, addKeysRotate, addKeysRekey]) add(keys, context);
}
