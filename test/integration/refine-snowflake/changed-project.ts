import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(__dirname, '../../../dbt');

/** A text of a file of the project, and what stands there instead. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A copy of the dbt project, in one place, so that dbt need not parse all of it anew. */
export class ChangedProject {
  private changed: readonly string[] = [];

  constructor(readonly dir: string) {
    cpSync(PROJECT, dir, { recursive: true });
  }

  /** Makes it what the product's is but for these changes. @throws Error where a text is not there */
  change(changes: readonly Change[]): void {
    for (const file of this.changed) writeFileSync(join(this.dir, file), readFileSync(join(PROJECT, file)));
    this.changed = changes.map(({ file }) => file);
    for (const { file, from, to } of changes) {
      const text = readFileSync(join(this.dir, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has nothing to change`);
      writeFileSync(join(this.dir, file), text.replace(from, to));
    }
  }
}
