import { ScaffoldError } from '@das/scaffold';
import type { CliContext } from '../context';
import { UsageError } from '../usage-error';

/** What a command asks for. */
export interface Question {
  /** Of the command line: `--domain`. */
  readonly option: string;
  readonly question: string;
  /** Offered, and taken where nobody is asked; undefined: it must be said. */
  readonly otherwise?: string;
  /** @throws ScaffoldError for an answer that will not do, with what would */
  readonly check?: (answer: string) => unknown;
}

/** Whoever has not found an answer by then is better served by --help. */
const TRIES = 3;

/**
 * A value that the command line may have: asked for where a person is there and did not say `--yes`, and again where the
 * answer will not do.
 * @throws UsageError where it must be said and nobody can be asked, or nobody knows
 */
export async function askMissing(
  given: string | undefined,
  asked: Question,
  yes: boolean | undefined,
  context: CliContext,
): Promise<string> {
  const { option, question, otherwise } = asked;
  if (given !== undefined) return given;
  const answer = context.terminal.isInteractive && yes !== true ? await askPerson(asked, context) : otherwise;
  if (answer !== undefined) return answer;
  throw new UsageError(`${option} is missing: ${question}`);
}

async function askPerson(
  { question, otherwise, check }: Question,
  { terminal, signal }: CliContext,
): Promise<string | undefined> {
  const offered = otherwise === undefined ? question : `${question} [${otherwise}]`;
  for (let count = 0; count < TRIES; count++) {
    const said = await terminal.ask(offered, signal);
    const answer = said === '' ? otherwise : said;
    const fault = answer === undefined ? 'an answer is needed' : faultOf(answer, check);
    if (fault === undefined) return answer;
    terminal.alarm(fault);
  }
  return undefined;
}

function faultOf(answer: string, check: Question['check']): string | undefined {
  try {
    check?.(answer);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ScaffoldError) return thrown.message;
    throw thrown;
  }
}
