import type { CliContext } from '../context';
import { UsageError } from '../usage-error';

interface Question {
  /** Of the command line: `--domain`. */
  readonly option: string;
  readonly question: string;
  /** Offered, and taken where nobody is asked; undefined: it must be said. */
  readonly otherwise?: string;
}

/**
 * A value that the command line may have: asked for where a person is there and did not say `--yes`.
 * @throws UsageError where it must be said and nobody can be asked
 */
export async function askMissing(
  given: string | undefined,
  { option, question, otherwise }: Question,
  yes: boolean | undefined,
  { terminal, signal }: CliContext,
): Promise<string> {
  if (given !== undefined) return given;
  if (terminal.isInteractive && yes !== true) {
    const answer = await terminal.ask(
      otherwise === undefined ? question : `${question} [${otherwise}]`,
      signal,
    );
    if (answer !== '') return answer;
  }
  if (otherwise !== undefined) return otherwise;
  throw new UsageError(`${option} is missing: ${question}`);
}
