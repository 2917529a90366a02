import type { DeclaredAccount } from '../account-model';
import { followUps, questions } from './interview';
import { snapshotShape, type Snapshot } from './snapshot';

/**
 * What was not asked would look as if there were nothing: a snapshot answers every question, or is none.
 * @returns the snapshot, or what is wrong with it
 */
export function readSnapshot(
  text: string,
  account: DeclaredAccount,
): { readonly snapshot: Snapshot } | { readonly fault: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    return { fault: `it is not JSON: ${(thrown as Error).message}` };
  }
  const parsed = snapshotShape.safeParse(json);
  if (parsed.success) {
    const { answers } = parsed.data;
    const unasked = [...questions(account), ...followUps(account, answers)].filter(
      (question) => answers[question] === undefined,
    );
    if (unasked.length === 0) return { snapshot: parsed.data };
    return { fault: `${unasked.length} questions have no answer, such as: ${unasked[0] ?? ''}` };
  }
  const [issue] = parsed.error.issues;
  return { fault: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another shape'}` };
}
