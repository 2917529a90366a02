import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What lies where in the folder that DAS_REFINED names. */
export interface RefinedFolders {
  /** The databases that dbt builds in, one file each; readers never look here. */
  readonly work: string;
  readonly logs: string;
  readonly target: string;
  /** What the last green build was made of. */
  readonly built: string;
  readonly published: string;
  /** A link to the snapshot that readers see. */
  readonly current: string;
  /** A line for each publication. */
  readonly log: string;
  readonly lock: string;
}

export function foldersIn(refined: string): RefinedFolders {
  const work = join(refined, 'work');
  const published = join(refined, 'published');
  return {
    work,
    logs: join(work, 'logs'),
    target: join(work, 'target'),
    built: join(work, 'built.json'),
    published,
    current: join(published, 'current'),
    log: join(published, 'log.ndjson'),
    lock: join(refined, 'transform.lock'),
  };
}

/**
 * Makes the folders of a build, and lets this user alone into them, whoever made them: the databases are not masked, and
 * what dbt writes beside them may quote rows.
 */
export function makePrivate({ work, logs, target }: RefinedFolders): void {
  for (const folder of [work, logs, target]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }
}
