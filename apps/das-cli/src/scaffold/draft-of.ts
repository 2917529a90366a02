import { resolve } from 'node:path';
import { Draft, ScaffoldError } from '@das/scaffold';
import { UsageError } from '../usage-error';

/** Writes all of it, or nothing. @throws UsageError where that cannot be done */
export function writeDraft(draft: Draft): void {
  asUsage(() => {
    draft.write();
  });
}

/** @throws UsageError for what the caller can mend */
export function drafted<T>(
  root: string,
  make: (draft: Draft) => T,
): { readonly draft: Draft; readonly made: T } {
  const draft = new Draft(resolve(root));
  return { draft, made: asUsage(() => make(draft)) };
}

function asUsage<T>(act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof ScaffoldError) throw new UsageError(thrown.message);
    throw thrown;
  }
}
