import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { ContractText, ContractTree } from '@das/contracts';
import { UsageError } from '../usage-error';

/** Of everything that git prints at a time. */
const MOST_BYTES = 64 * 1024 * 1024;

/** One side of a comparison: a single contract, or everything below a folder. */
export type Side = { readonly contract: ContractText } | { readonly tree: ContractTree };

/**
 * Reads what a person names: a contract's file, a folder of contracts, or a git ref (`main`, `HEAD~1`), whose folder is the
 * one that is given.
 * @throws UsageError
 */
export function readSide(named: string, folder: string): Side {
  const found = statSync(named, { throwIfNoEntry: false });
  if (found?.isFile() === true) return { contract: { file: named, text: readFileSync(named, 'utf8') } };
  if (found?.isDirectory() === true) return { tree: readFolder(named) };
  return { tree: readRef(named, folder) };
}

/** Everything that people write below a folder `contracts`, by its path below that. @throws UsageError */
export function readFolder(folder: string): ContractTree {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`there is no folder ${folder}: name it with --contracts`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.split(sep).join('/'),
  );
  const tree = new Map<string, ContractText>();
  for (const path of files.filter(isWritten).sort()) {
    const file = join(folder, path);
    if (statSync(file).isFile()) tree.set(path, { file, text: readFileSync(file, 'utf8') });
  }
  return tree;
}

/** As a commit has it. @throws UsageError where git does not know the ref */
export function readRef(ref: string, folder: string): ContractTree {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`there is no folder ${folder}: name it with --contracts`);
  const commit = commitOf(ref, folder);
  // Paths below the folder, whatever the folder is called in the repository.
  const prefix = git(['rev-parse', '--show-prefix'], folder).trim();
  const names = git(['ls-tree', '-r', '--full-tree', '--name-only', '-z', `${commit}:${prefix}`], folder)
    .split('\0')
    .filter((name) => isWritten(name));
  // Against nothing, everything would be new, and nothing would break anybody.
  if (!names.some((name) => name.endsWith('.odcs.yaml')))
    throw new UsageError(`${ref} has no contract in ${folder}: name another commit`);
  return new Map(
    names
      .sort()
      .map((path) => [
        path,
        { file: join(folder, path), text: git(['show', `${commit}:${prefix}${path}`], folder) },
      ]),
  );
}

function commitOf(ref: string, folder: string): string {
  const wrong = `${ref} is no file, no folder and no commit that git knows`;
  if (!/^[\w@{}~^./-]+$/.test(ref) || ref.startsWith('-')) throw new UsageError(wrong);
  try {
    return git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], folder).trim();
  } catch {
    const shallow = isShallow(folder)
      ? ': this clone is shallow, so fetch it first (git fetch --unshallow)'
      : '';
    throw new UsageError(`${wrong}${shallow}`);
  }
}

function isShallow(folder: string): boolean {
  try {
    return git(['rev-parse', '--is-shallow-repository'], folder).trim() === 'true';
  } catch {
    // No repository at all.
    return false;
  }
}

function git(args: readonly string[], folder: string): string {
  try {
    return execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: MOST_BYTES,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UsageError('git is missing: install it, or name files or folders');
    throw thrown;
  }
}

/** What people write: every contract, wherever it stands, and of other YAML what neither npm nor generate puts there. */
function isWritten(path: string): boolean {
  if (path.includes('node_modules/')) return false;
  return path.endsWith('.odcs.yaml') || (path.endsWith('.yaml') && !/(^|\/)generated\//.test(path));
}
