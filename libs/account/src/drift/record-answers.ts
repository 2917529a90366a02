import type { DeclaredAccount } from '../account-model';
import { followUps, questions } from './interview';
import type { Snapshot, SnapshotRow } from './snapshot';

/** Asks an account one statement; what it answers, all of it. */
export type AskAccount = (statement: string) => Promise<readonly SnapshotRow[]>;

/**
 * Asks everything that drift compares: what there is, then what that is.
 * @param onProgress - before each question: its number, and of how many in its round
 */
export async function recordAnswers(
  account: DeclaredAccount,
  ask: AskAccount,
  onProgress: (at: number, of: number) => void = () => undefined,
): Promise<Snapshot['answers']> {
  const answers: Record<string, SnapshotRow[]> = {};
  const round = async (asked: readonly string[]): Promise<void> => {
    for (const [at, question] of asked.entries()) {
      onProgress(at + 1, asked.length);
      answers[question] = [...(await ask(question))];
    }
  };
  await round(questions(account));
  await round(followUps(account, answers));
  return answers;
}
