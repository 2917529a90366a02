import type { DeclaredAccount } from '../account-model';
import { objectQuestions } from './object-questions';
import { accessQuestions } from './questions';

export { followUps } from './object-questions';

/** Everything that any account is asked, in order; what follows from the answers, `followUps` asks. */
export function questions(account: DeclaredAccount): readonly string[] {
  return [...accessQuestions(account), ...objectQuestions(account)];
}
