import type { Draft } from '../draft';
import { ScaffoldError } from '../scaffold-error';
import type { Fork } from './forks';
import { CONFLICT_MARK, mergeText } from './merge-text';
import { RECORD_FILE, writeRecord } from './record';

/** What became of one file of a fork. */
export interface UpgradedFile {
  readonly path: string;
  readonly outcome: 'merged' | 'added' | 'removed' | 'kept' | 'conflict';
}

/**
 * Brings what the reference has changed since into a fork, and keeps what was changed in the fork. Where both changed the
 * same lines, both stand in the file, marked as git marks them.
 * @throws ScaffoldError where a conflict of an earlier upgrade is still in a file
 */
export function upgradeFork(draft: Draft, fork: Fork): readonly UpgradedFile[] {
  const { folder, record, template, behind } = fork;
  const upgraded = behind.map((file): UpgradedFile => {
    const path = `${folder}/${file}`;
    const [base = '', wanted] = [record.files[file], template.get(file)];
    const yours = draft.has(path) ? draft.read(path) : undefined;
    if (yours !== undefined && CONFLICT_MARK.test(yours))
      throw new ScaffoldError(`${path} has a conflict of an earlier upgrade: decide it first`);
    if (wanted === undefined) return withdraw(draft, path, yours, base);
    if (yours === undefined) {
      // Deleted here, and changed there: what somebody took away stays away.
      if (record.files[file] !== undefined) return { path, outcome: 'kept' };
      draft.add(path, wanted);
      return { path, outcome: 'added' };
    }
    const { text, conflicts } = mergeText(yours, base, wanted);
    draft.edit(path, () => text);
    return { path, outcome: conflicts === 0 ? 'merged' : 'conflict' };
  });
  if (behind.length > 0)
    draft.edit(`${folder}/${RECORD_FILE}`, () =>
      writeRecord({ ...record, files: Object.fromEntries(template) }),
    );
  return upgraded;
}

/** A file that the reference has given up goes with it, unless somebody changed it. */
function withdraw(draft: Draft, path: string, yours: string | undefined, base: string): UpgradedFile {
  if (yours !== base) return { path, outcome: 'kept' };
  draft.remove(path);
  return { path, outcome: 'removed' };
}
