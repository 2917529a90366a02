import { resolve } from 'node:path';
import { Draft, ScaffoldError } from '@das/scaffold';
import { UsageError } from '../usage-error';

/** @throws UsageError for what the caller can mend */
export function drafted<T>(
  root: string,
  make: (draft: Draft) => T,
): { readonly draft: Draft; readonly made: T } {
  const draft = new Draft(resolve(root));
  try {
    return { draft, made: make(draft) };
  } catch (thrown) {
    if (thrown instanceof ScaffoldError) throw new UsageError(thrown.message);
    throw thrown;
  }
}
