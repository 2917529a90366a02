import { Failure } from '@das/pipeline';
import { join } from 'node:path';

const SUFFIX = '.ndjson';
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/** Where a topic's files are. */
export class JournalPaths {
  readonly topicDir: string;

  /** @throws Failure setup when the topic cannot be a directory's name */
  constructor(
    readonly dir: string,
    topic: string,
  ) {
    this.topicDir = join(dir, checkedName('topic', topic));
  }

  log(partition: string): string {
    return join(this.topicDir, `${partition}${SUFFIX}`);
  }

  lock(partition: string): string {
    return join(this.topicDir, `${partition}.lock`);
  }

  checkpointDir(consumer: string): string {
    return join(this.topicDir, '.checkpoints', checkedName('consumer', consumer));
  }
}

/** The partition a file in the topic's directory holds, if it holds one. */
export function partitionOf(fileName: string): string | undefined {
  if (!fileName.endsWith(SUFFIX)) return undefined;
  const partition = fileName.slice(0, -SUFFIX.length);
  return NAME.test(partition) ? partition : undefined;
}

function checkedName(what: string, name: string): string {
  if (NAME.test(name)) return name;
  throw new Failure('setup', 'journal_name_invalid', `the journal's ${what} cannot be a file name`, {
    cure: 'use letters, digits, "_", "." and "-", and do not begin with "."',
  });
}
