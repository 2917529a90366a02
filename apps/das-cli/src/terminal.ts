import { once } from 'node:events';
import { addAbortSignal } from 'node:stream';
import { createInterface } from 'node:readline/promises';
import { UsageError } from './usage-error';

/** Where a command speaks: results on standard output, everything else on standard error. */
export interface Terminal {
  /** A person is there to be asked. */
  readonly isInteractive: boolean;
  /** Of a line of results; undefined where they go elsewhere. */
  readonly width: number | undefined;
  /** A result, as it is. */
  print(text: string): void;
  /** A part of a large result; resolves when more is taken, and rejects when that is aborted. */
  pour(text: string, signal: AbortSignal): Promise<void>;
  /** All of what is on standard input; rejects when that is aborted. */
  input(signal: AbortSignal): Promise<string>;
  /** A line for the person who watches. */
  note(line: string): void;
  /** How far it is: one line that changes on a terminal, a line each otherwise. */
  progress(line: string): void;
  /** In red, where colours are shown. */
  alarm(line: string): void;
  confirm(question: string, signal: AbortSignal): Promise<boolean>;
  /** One line of an answer, without spaces around it. */
  ask(question: string, signal: AbortSignal): Promise<string>;
}

const ERASE_LINE = '\r\u001b[K';

export function systemTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  const rewrites = stderr.isTTY;
  const coloured = rewrites && process.env.NO_COLOR === undefined;
  let unfinished = false;
  const line = (text: string): void => {
    stderr.write(`${unfinished ? ERASE_LINE : ''}${text}\n`);
    unfinished = false;
  };
  const endProgress = (): void => {
    if (unfinished) stderr.write('\n');
    unfinished = false;
  };
  const ask = async (question: string, signal: AbortSignal): Promise<string> => {
    const asking = createInterface({ input: stdin, output: stderr });
    // While a line is edited the terminal sends keys and no signals: the key is what the signal would have been.
    asking.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    try {
      return (await asking.question(`${question} `, { signal })).trim();
    } catch (thrown) {
      endProgress();
      if (signal.aborted) throw thrown;
      throw new UsageError('the input ended before the answer');
    } finally {
      asking.close();
    }
  };
  return {
    isInteractive: stdin.isTTY && stderr.isTTY,
    get width() {
      return stdout.isTTY ? stdout.columns : undefined;
    },
    print: (text) => {
      endProgress();
      stdout.write(text);
    },
    pour: async (text, signal) => {
      endProgress();
      if (!stdout.write(text)) await once(stdout, 'drain', { signal });
    },
    input: async (signal) => {
      addAbortSignal(signal, stdin).setEncoding('utf8');
      let text = '';
      for await (const part of stdin) text += String(part);
      return text;
    },
    note: line,
    progress: (text) => {
      if (!rewrites) {
        line(text);
        return;
      }
      stderr.write(`${ERASE_LINE}${text}`);
      unfinished = true;
    },
    alarm: (text) => {
      line(coloured ? `\u001b[31m${text}\u001b[0m` : text);
    },
    confirm: async (question, signal) => /^y(es)?$/i.test(await ask(`${question} [y/N]`, signal)),
    ask,
  };
}
