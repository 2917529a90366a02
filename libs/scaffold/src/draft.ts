import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ScaffoldError } from './scaffold-error';

/** A file that is new, or that will say something else; its path is relative to the repository's root. */
export interface Change {
  readonly path: string;
  readonly text: string;
  readonly isNew: boolean;
}

/** A repository with changes that are not written yet: what is read sees them, and nothing is touched before `write`. */
export class Draft {
  private readonly texts = new Map<string, string>();

  constructor(readonly root: string) {}

  has(path: string): boolean {
    return this.texts.has(path) || existsSync(join(this.root, path));
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

  /** Names in a folder, in order; none where it is not there. */
  list(folder: string): readonly string[] {
    const path = join(this.root, folder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }

  /** @throws ScaffoldError where something is there already: nothing of somebody's is written over */
  add(path: string, text: string): void {
    if (this.has(path)) throw new ScaffoldError(`${path} is there already`);
    this.texts.set(path, text);
  }

  /** The file as the edit leaves it. */
  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = change(before);
    if (after !== before) this.texts.set(path, after);
  }

  /** In order of their paths. */
  changes(): readonly Change[] {
    return [...this.texts]
      .map(([path, text]) => ({ path, text, isNew: !existsSync(join(this.root, path)) }))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  write(): void {
    for (const { path, text } of this.changes()) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }
}
