import 'reflect-metadata';
import { asFailure, endOnUncaught, EXIT_CODES, Failure } from '@das/pipeline';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { runCommand } from './commands/run-command';
import type { CollectorConfig } from './config';
import { FatalExit } from './fatal-exit';
import { IngestStrategy } from './ingest-strategy';
import { fieldsOf } from './log-observer';
import { CONFIG } from './tokens';

/** Beyond the drain's own bound, for the HTTP server and the source to close. */
const CLOSING_MS = 5_000;
/** Of a request's body: only /admin takes one, of a few words. */
const MAX_BODY_BYTES = 4096;

/**
 * Runs a collector until SIGTERM or SIGINT, then drains it. Exit codes: 0 after a drain; 78 for a variable that
 * is wrong, which no retry can cure; 70 for a failure that nobody understands, with nothing acknowledged.
 * With an argument it runs that command of the das command's instead.
 */
export async function runCollector(appModule: Type): Promise<void> {
  endOnUncaught(tellFatal);
  // Node would open its inspector, which shows memory.
  process.on('SIGUSR1', () => undefined);
  const [command] = process.argv.slice(2);
  if (command !== undefined) process.exit(await runCommand(appModule, command));
  let app: NestFastifyApplication;
  try {
    app = await NestFactory.create<NestFastifyApplication>(
      appModule,
      new FastifyAdapter({ bodyLimit: MAX_BODY_BYTES }),
      {
        // Nest would print the stack of a wrong setting; its own logger takes over once there is one.
        logger: false,
        abortOnError: false,
      },
    );
  } catch (thrown) {
    refuseToStart(asFailure(thrown));
    return;
  }
  const logger = app.get(Logger);
  const config = app.get<CollectorConfig>(CONFIG);
  app.useLogger(logger);
  app.connectMicroservice({ strategy: app.get(IngestStrategy) });

  let ending = false;
  let exitCode = 0;
  const end = (code: number): void => {
    // What fails while it drains is still why it ends.
    exitCode = Math.max(exitCode, code);
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(exitCode), config.DAS_DRAIN_SECONDS * 1000 + CLOSING_MS).unref();
    app.close().then(
      () => process.exit(exitCode),
      (thrown: unknown) => {
        logger.error({ code: asFailure(thrown).code }, 'closing failed');
        process.exit(EXIT_CODES.unknown);
      },
    );
  };
  process.on('SIGTERM', () => {
    end(0);
  });
  process.on('SIGINT', () => {
    end(0);
  });
  app.get(FatalExit).onFailure((failure) => {
    end(EXIT_CODES[failure.kind]);
  });

  try {
    await app.listen({ port: config.PORT, host: config.HOST });
  } catch (cause) {
    refuseToStart(notListening(cause));
    await app.close();
    return;
  }
  await app.startAllMicroservices();
}

function notListening(cause: unknown): Failure {
  return new Failure('setup', 'listen', 'the address named by HOST and PORT cannot be listened on', {
    cure: 'give an address of this machine and a port that is free',
    cause,
  });
}

function refuseToStart(failure: Failure): void {
  tellFatal(failure);
  process.exitCode = EXIT_CODES[failure.kind];
}

/** One line for a person and a log; the process manager sees the exit code. */
function tellFatal(failure: Failure): void {
  const line = JSON.stringify({ level: 'fatal', ...fieldsOf(failure), msg: failure.message });
  process.stderr.write(`${line}\n`);
}
