import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const paths = {
  root,
  dist: join(root, 'dist', 'apps'),
  /** What the scripts install outside node_modules; safe to delete. */
  tools: join(root, '.tools'),
  kafka: join(root, '.tools', 'kafka', 'libs'),
  registry: join(root, '.tools', 'schema-registry'),
};

const coloured = process.stderr.isTTY === true && process.env.NO_COLOR === undefined;
const paint = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);

/** Progress goes to stderr: stdout belongs to results. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** One line for one step that was done. */
export function report(ok, what, startedMs) {
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  say(`${ok ? paint(32, 'ok    ') : paint(31, 'failed')} ${what} (${seconds} s)`);
}

/** Something that the user can mend: shown as one line, without a stack trace. */
export class UserError extends Error {}

/** Something that the user asked for: an exit code, and no more words. */
export class Interrupted extends Error {
  constructor(exitCode) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

/** @returns the exit code */
export function fail(error) {
  if (error instanceof Interrupted) return error.exitCode;
  say(paint(31, error instanceof UserError ? error.message : (error.stack ?? String(error))));
  return 1;
}
