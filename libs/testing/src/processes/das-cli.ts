import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ManagedProcess } from './managed-process';

const MAIN = join(__dirname, '..', '..', '..', '..', 'dist/apps/das-cli/main.js');
/** Longer than any command of a test takes. */
const BOUND_MS = 90_000;

export interface DasRun {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the das command to its end. */
export async function runDas(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<DasRun> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      {
        env: { ...process.env, ...env },
        timeout: BOUND_MS,
        killSignal: 'SIGKILL',
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? 'unknown'), stdout, stderr });
      },
    );
  });
}

/** Starts the das command, to be killed. It leads a process group, of which what it starts is part. */
export function startDas(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  logFile: string,
): ManagedProcess {
  return ManagedProcess.start({
    name: 'das',
    command: process.execPath,
    args: [MAIN, ...args],
    env,
    logFile,
  });
}
