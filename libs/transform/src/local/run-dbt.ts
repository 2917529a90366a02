import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { readDbtEvent, type DbtEvent } from './dbt-events';

/** After being asked to end. What was not committed by then is done again by the next run. */
const END_BOUND_MS = 5_000;

export interface DbtRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What Python says when dbt itself breaks. */
  readonly errorFile: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DbtEvent) => void;
}

/** The exit code; or the signal that ended it; or `unstarted`. */
export type DbtEnd = number | NodeJS.Signals | 'unstarted';

const living = new Set<ChildProcess>();

/** Runs dbt to its end, in a process group of its own: a Ctrl-C in the terminal reaches it through here alone. */
export async function runDbt({ command, args, env, errorFile, signal, onEvent }: DbtRun): Promise<DbtEnd> {
  mkdirSync(dirname(errorFile), { recursive: true, mode: 0o700 });
  const errors = openSync(errorFile, 'w', 0o600);
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', errors], detached: true });
  closeSync(errors);
  watchExit();
  living.add(child);
  const ended = new Promise<DbtEnd>((resolve) => {
    child.once('error', () => {
      resolve('unstarted');
    });
    child.once('close', (code, by) => {
      resolve(code ?? by ?? 'SIGKILL');
    });
  });
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (text) => {
      const event = readDbtEvent(text);
      if (event !== undefined) onEvent(event);
    });
  let killing: NodeJS.Timeout | undefined;
  const end = (): void => {
    kill(child, 'SIGTERM');
    killing = setTimeout(() => {
      kill(child, 'SIGKILL');
    }, END_BOUND_MS);
  };
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  try {
    return await ended;
  } finally {
    signal.removeEventListener('abort', end);
    clearTimeout(killing);
    living.delete(child);
  }
}

/** With all that it started. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

let isWatching = false;
/** Nothing outlives this process, however it ends (short of kill -9). */
function watchExit(): void {
  if (isWatching) return;
  isWatching = true;
  process.once('exit', () => {
    for (const child of living) kill(child, 'SIGKILL');
  });
}
