import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Draft } from '../draft';

export const ROOT = join(__dirname, '..', '..', '..', '..');
/** What makes a repository, as far as new things are named in it. */
export const NEEDED = [
  'CODEOWNERS',
  'nest-cli.json',
  'docker-compose.yml',
  'dbt/profiles.yml',
  'contracts',
  'apps/reference-collector',
];

/** A copy of a repository's parts, which can be changed. */
export class World {
  readonly root = mkdtempSync(join(tmpdir(), 'das-scaffold-'));

  /** @param from - what is copied: paths in a repository */
  constructor(from: string, paths: readonly string[]) {
    for (const path of paths) cpSync(join(from, path), join(this.root, path), { recursive: true });
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** @throws Error where nothing changes */
  edit(path: string, change: (text: string) => string): void {
    const after = change(this.read(path));
    if (after === this.read(path)) throw new Error(`${path} is as it was`);
    this.write(path, after);
  }

  /** Drafts, and writes it. */
  draft<T>(make: (draft: Draft) => T): T {
    const draft = new Draft(this.root);
    const result = make(draft);
    draft.write();
    return result;
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
