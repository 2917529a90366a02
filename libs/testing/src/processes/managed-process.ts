import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

const living = new Set<ChildProcess>();
// Nothing outlives this process, however it ends (short of kill -9).
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

export interface ProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Default: this process's. */
  readonly cwd?: string;
  /** Output goes here, standard error included. */
  readonly logFile: string;
  /** Its standard input is a pipe that closes when this process is gone, however that ended. */
  readonly stdinPipe?: boolean;
}

/** A child process of a demo or a test: started, watched, stopped, and never left behind. */
export class ManagedProcess {
  private exitCode: number | NodeJS.Signals | undefined;
  private readonly ended: Promise<number | NodeJS.Signals>;
  private readonly firstLine: Promise<string>;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    private readonly logFile: string,
    log: WriteStream,
  ) {
    living.add(child);
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        living.delete(child);
        const exit = code ?? signal ?? 'SIGKILL';
        this.exitCode = exit;
        // Its last words are in the file first, so that `tail` has them.
        log.end(() => {
          resolve(exit);
        });
      });
    });
    this.firstLine = new Promise((resolve) => {
      let text = '';
      const onData = (chunk: Buffer): void => {
        text += chunk.toString('utf8');
        const end = text.indexOf('\n');
        if (end < 0) return;
        child.stdout?.off('data', onData);
        resolve(text.slice(0, end));
      };
      child.stdout?.on('data', onData);
    });
  }

  static start({ name, command, args, env, cwd, logFile, stdinPipe }: ProcessOptions): ManagedProcess {
    mkdirSync(dirname(logFile), { recursive: true });
    const log = createWriteStream(logFile, { flags: 'a' });
    // Its own process group: a Ctrl-C of the terminal reaches this process, which stops the children in order.
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      ...(cwd !== undefined && { cwd }),
      stdio: [stdinPipe === true ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    // A command that does not exist ends at once, like one that fails.
    child.once('error', ({ message }) => log.write(`${message}\n`));
    return new ManagedProcess(name, child, logFile, log);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** The exit code or the signal; undefined while it runs. */
  get exit(): number | NodeJS.Signals | undefined {
    return this.exitCode;
  }

  /** Resolves once it has ended. */
  whenEnded(): Promise<number | NodeJS.Signals> {
    return this.ended;
  }

  /** The first line on standard output. @throws Error when the process ends before, or after `boundMs` */
  async ready(boundMs = 20_000): Promise<string> {
    return this.orEnd(this.firstLine, boundMs);
  }

  /** Resolves once the URL answers 200. @throws Error when the process ends before, or after `boundMs` */
  async answers(url: string, boundMs = 20_000): Promise<void> {
    const asking = { go: true };
    const asked = (async () => {
      while (asking.go) {
        const response = await fetch(url).catch(() => undefined);
        await response?.arrayBuffer();
        if (response?.status === 200) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    })();
    try {
      await this.orEnd(asked, boundMs);
    } finally {
      asking.go = false;
    }
  }

  /** Asks it to end, and kills it after `boundMs`. */
  async stop(boundMs = 30_000): Promise<number | NodeJS.Signals> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), boundMs);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }

  /** It stands still until `thaw`, as a process does on a machine that swaps or is suspended. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** kill -9. */
  async kill9(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** The last lines that it printed. */
  tail(lines = 5): string {
    if (!existsSync(this.logFile)) return '';
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  private async orEnd<T>(wanted: Promise<T>, boundMs: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`${this.name} was not ready after ${boundMs} ms:\n${this.tail()}`));
      }, boundMs);
    });
    const died = this.ended.then((code) => {
      throw new Error(`${this.name} ended (${code}) before it was ready:\n${this.tail()}`);
    });
    try {
      return await Promise.race([wanted, late, died]);
    } finally {
      clearTimeout(timer);
      died.catch(() => undefined);
    }
  }
}
