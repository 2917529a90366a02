import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addRecover } from './channel-recover';

/** `das channel`: what holds how far a partition came. */
export function channelCommands(das: Command, context: CliContext): void {
  const channel = das.command('channel').description('Channels: how far each partition came.');
  addRecover(channel, context);
}
