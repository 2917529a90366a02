import type { Draft } from '../draft';
import { ScaffoldError } from '../scaffold-error';
import type { Fork } from './forks';
import { CONFLICT_MARK, mergeText, withLf } from './merge-text';
import { RECORD_FILE, writeRecord } from './record';

/** What became of one file of a fork. */
export interface UpgradedFile {
  readonly path: string;
  readonly outcome: 'merged' | 'added' | 'moved' | 'removed' | 'kept' | 'conflict';
}

/**
 * Brings what the reference has changed since into a fork, and keeps what was changed in the fork. Where both changed the
 * same lines, both stand in the file, marked as git marks them.
 * @throws ScaffoldError where a conflict of an earlier upgrade is still in a file
 */
export function upgradeFork(draft: Draft, fork: Fork): readonly UpgradedFile[] {
  const { folder, record, template, behind } = fork;
  const moves = movedFiles(fork);
  const from = new Set(moves.values());
  const upgraded = behind
    .filter((file) => !from.has(file))
    .map((file) => upgradeFile(draft, fork, file, moves.get(file)));
  if (behind.length > 0)
    draft.edit(`${folder}/${RECORD_FILE}`, () =>
      writeRecord({ ...record, files: Object.fromEntries(template) }),
    );
  return upgraded;
}

/** @param before - what the file was called, where the reference gave it another name */
function upgradeFile(
  draft: Draft,
  { folder, record, template }: Fork,
  file: string,
  before = file,
): UpgradedFile {
  const [path, old] = [`${folder}/${file}`, `${folder}/${before}`];
  const [base, wanted] = [record.files[before], template.get(file)];
  const yours = draft.has(old) ? draft.read(old) : undefined;
  if (yours !== undefined && CONFLICT_MARK.test(yours))
    throw new ScaffoldError(`${old} has a conflict of an earlier upgrade: decide it first`);
  if (wanted === undefined) return withdraw(draft, path, yours, base);
  if (yours === undefined) {
    // Deleted here, and changed there: what somebody took away stays away.
    if (base !== undefined) return { path, outcome: 'kept' };
    draft.add(path, wanted);
    return { path, outcome: 'added' };
  }
  if (old !== path) {
    draft.remove(old);
    draft.add(path, yours);
    return { path, outcome: 'moved' };
  }
  const { text, conflicts } = mergeText(yours, base ?? '', wanted);
  draft.edit(path, () => text);
  return { path, outcome: conflicts === 0 ? 'merged' : 'conflict' };
}

/** By their new names, files that the reference calls otherwise and left as they were. */
function movedFiles({ record, template }: Fork): ReadonlyMap<string, string> {
  const gone = Object.entries(record.files).filter(([file]) => !template.has(file));
  const fresh = [...template].filter(([file]) => record.files[file] === undefined);
  return new Map(
    fresh.flatMap(([file, text]) => {
      const before = gone.find(([, known]) => known === text);
      return before === undefined ? [] : [[file, before[0]] as const];
    }),
  );
}

/** A file that the reference has given up goes with it, unless somebody changed it. */
function withdraw(
  draft: Draft,
  path: string,
  yours: string | undefined,
  base: string | undefined,
): UpgradedFile {
  if (yours !== undefined && withLf(yours) !== base) return { path, outcome: 'kept' };
  draft.remove(path);
  return { path, outcome: 'removed' };
}
