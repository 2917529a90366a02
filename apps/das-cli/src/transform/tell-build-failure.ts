import { asFailure } from '@das/pipeline';
import { BuildFailed } from '@das/transform';
import type { CliContext } from '../context';

/** Every problem on a line of its own; with JSON, what ended the run as data as well. */
export function tellBuildFailure(thrown: unknown, json: boolean, { terminal, signal }: CliContext): void {
  if (signal.aborted) return;
  const failure = asFailure(thrown);
  const problems = failure instanceof BuildFailed ? failure.problems : [];
  for (const { node, file, reason, cure } of problems) {
    const place = [node, file === null ? null : `(${file})`].filter((part) => part !== null).join(' ');
    terminal.alarm(`${place === '' ? 'dbt' : place}: ${reason} (${cure})`);
  }
  if (!json) return;
  const { code, kind, message } = failure;
  terminal.print(`${JSON.stringify({ state: 'failed', code, kind, message, problems })}\n`);
}
