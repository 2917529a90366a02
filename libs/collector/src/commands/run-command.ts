import { writeLine } from '@das/collector-link';
import { asFailure, ChannelInvalidated, EXIT_CODES, type Failure } from '@das/pipeline';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CONFIG, DECLARATION } from '../tokens';
import type { CollectorConfig } from '../config';
import type { CollectorDeclaration } from '../declaration';
import type { CollectorCommand } from './command';
import { recover } from './recover';
import { replay } from './replay';

const COMMANDS: Readonly<Record<string, CollectorCommand>> = { replay, recover };
const WRONG_USAGE = 2;

/**
 * Runs a command of the das command's instead of the collector. Nothing of the source is joined unless the
 * command does so. Standard output belongs to the lines that the two exchange.
 * @returns the exit code
 */
export async function runCommand(appModule: Type, name: string): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`no such command: ${Object.keys(COMMANDS).join(', ')}, or none to collect\n`);
    return WRONG_USAGE;
  }
  // The das command is gone: whatever it wanted, nobody wants it now.
  process.stdout.on('error', () => process.exit(EXIT_CODES.transient));
  const say = (message: unknown): Promise<void> => writeLine(process.stdout, message);
  try {
    const app = await NestFactory.createApplicationContext(appModule, { logger: false, abortOnError: false });
    const declaration = app.get<CollectorDeclaration>(DECLARATION);
    await command({ declaration, config: app.get<CollectorConfig>(CONFIG), input: process.stdin, say });
    return 0;
  } catch (thrown) {
    const failure = asFailure(thrown);
    await say({ failed: told(failure) });
    return EXIT_CODES[failure.kind];
  }
}

function told(failure: Failure) {
  const { kind, code, message, cure } = failure;
  return { kind, code, message, cure, again: failure instanceof ChannelInvalidated };
}
