import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Failure } from '@das/pipeline';
import type { z } from 'zod';
import { readLines, writeLine } from './lines';
import { failed } from './messages';

/** Asked to end, it is given so long. */
const STOP_MS = 5_000;

export interface CollectorProcess<Word> {
  /** What it says. A failure of its is thrown, and so is its end before `done`. @throws Failure */
  words(): AsyncGenerator<Word>;
  /** Waits for room. */
  say(message: unknown): Promise<void>;
  /** Nothing more will be said to it. */
  end(): void;
  /** Ends it, and returns once it has ended. Idempotent. */
  stop(): Promise<void>;
}

/** A collector's failure that opening its channel anew may cure. */
export class BeginAnew extends Failure {}

/**
 * Starts a collector's bundle with a command such as `replay`. It gets this process's environment, and its
 * standard error is this one's.
 * @throws Failure setup when there is no such bundle
 */
export function startCollectorCommand<Word>(options: {
  readonly bundle: string;
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly word: z.ZodType<Word>;
}): CollectorProcess<Word> {
  const { bundle, command, env, word } = options;
  if (!existsSync(bundle)) {
    throw new Failure('setup', 'collector_missing', `there is no collector at ${bundle}`, {
      cure: 'build it (npm run build), or name another one with --collector',
    });
  }
  const child = spawn(process.execPath, ['--enable-source-maps', bundle, command], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // It went away while it was spoken to; its exit says why.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => {
      resolve(message);
    });
    child.once('close', (code, signal) => {
      resolve(String(code ?? signal));
    });
  });
  const whenGone = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', whenGone);
  void ended.then(() => process.off('exit', whenGone));
  return {
    async *words() {
      for await (const line of readLines(child.stdout)) yield read(line, word);
      throw new Failure(
        'unknown',
        'collector_ended',
        `the collector's process ended (${await ended}) too soon`,
      );
    },
    say: (message) => writeLine(child.stdin, message),
    end: () => {
      child.stdin.end();
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function read<Word>(line: string, word: z.ZodType<Word>): Word {
  const parsed = word.safeParse(parse(line));
  if (!parsed.success) {
    throw new Failure(
      'unknown',
      'collector_protocol',
      'the collector said something that is not understood',
      {
        cure: 'build command and collectors from the same version',
      },
    );
  }
  const failure = failed.safeParse(parsed.data);
  if (!failure.success) return parsed.data;
  const { kind, code, message, cure, again } = failure.data.failed;
  const Kind = again ? BeginAnew : Failure;
  throw new Kind(kind, code, message, { ...(cure !== undefined && { cure }) });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
