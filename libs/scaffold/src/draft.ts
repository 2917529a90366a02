import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { faultIn } from './fault-in';
import { ScaffoldError } from './scaffold-error';

/** A file that is new, that will say something else, or that goes; its path is relative to the repository's root. */
export interface Change {
  readonly path: string;
  readonly change: 'new' | 'changed' | 'removed';
}

/** A repository with changes that are not written yet: what is read sees them, and nothing is touched before `write`. */
export class Draft {
  /** Undefined: it goes. */
  private readonly texts = new Map<string, string | undefined>();

  constructor(readonly root: string) {}

  has(path: string): boolean {
    return this.texts.has(path) ? this.texts.get(path) !== undefined : existsSync(join(this.root, path));
  }

  /** @throws ScaffoldError where it is not there */
  read(path: string): string {
    const changed = this.texts.get(path);
    if (changed !== undefined) return changed;
    try {
      return readFileSync(join(this.root, path), 'utf8');
    } catch {
      throw new ScaffoldError(`${path} is not in ${this.root}: name the repository's root with --root`);
    }
  }

  /** What a file of YAML says. @throws ScaffoldError where it is not there, or is no YAML */
  yaml(path: string): unknown {
    const text = this.read(path);
    return faultIn(path, () => parse(text) as unknown);
  }

  /** Names in a folder, in order; none where it is not there. */
  list(folder: string): readonly string[] {
    const path = join(this.root, folder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }

  /** Files below a folder that is there, relative to it and in order; hidden ones are left out. */
  files(folder: string): readonly string[] {
    const path = join(this.root, folder);
    const entries = existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }) : [];
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => relative(path, join(entry.parentPath, entry.name)))
      .sort();
  }

  /** @throws ScaffoldError where something is there already: nothing of somebody's is written over */
  add(path: string, text: string): void {
    if (this.has(path))
      throw new ScaffoldError(
        `${path} is there already: choose another name; what an earlier run left half done, git status shows`,
      );
    this.texts.set(path, text);
  }

  /** The file as the edit leaves it. @throws ScaffoldError where it is not there, or cannot be edited as it is */
  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = faultIn(path, () => change(before));
    if (after !== before) this.texts.set(path, after);
  }

  remove(path: string): void {
    this.texts.set(path, undefined);
  }

  /** In order of their paths. */
  changes(): readonly Change[] {
    return [...this.texts]
      .map(([path, text]) => ({ path, change: this.changeOf(path, text) }))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  /** All of it, or nothing. @throws ScaffoldError where a file cannot be written */
  write(): void {
    const undo: (() => void)[] = [];
    for (const [path, text] of this.texts) {
      const file = join(this.root, path);
      try {
        const before = existsSync(file) ? readFileSync(file) : undefined;
        put(file, text);
        undo.push(() => {
          put(file, before);
        });
      } catch (thrown) {
        for (const back of undo.reverse()) back();
        const { code } = thrown as NodeJS.ErrnoException;
        throw new ScaffoldError(`${path} cannot be written (${code ?? 'unknown'}): nothing was changed`);
      }
    }
  }

  private changeOf(path: string, text: string | undefined): Change['change'] {
    if (text === undefined) return 'removed';
    return existsSync(join(this.root, path)) ? 'changed' : 'new';
  }
}

/** @param content - undefined: no file */
function put(file: string, content: string | Buffer | undefined): void {
  if (content === undefined) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
