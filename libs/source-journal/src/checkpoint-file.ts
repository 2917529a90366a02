import { type Checkpoint, Failure } from '@das/pipeline';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { renameSynced, writeSynced } from './durable-file';
import { ifThere } from './error-code';
import type { PartitionLock } from './partition-lock';

/** One consumer's checkpoint of one partition. */
export class CheckpointFile {
  private readonly path: string;

  constructor(
    private readonly dir: string,
    partition: string,
    private readonly lock: PartitionLock,
  ) {
    this.path = join(dir, `${partition}.json`);
  }

  /** @throws Failure setup when the file cannot be understood */
  async read(): Promise<Checkpoint | undefined> {
    const text = await ifThere(readFile(this.path, 'utf8'));
    return text === undefined ? undefined : parseCheckpoint(text);
  }

  /** @throws Failure transient when the partition's lock is not ours */
  async write({ position, kind, sourceMs }: Checkpoint): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    const aside = `${this.path}.${randomUUID()}.aside`;
    await writeSynced(aside, JSON.stringify({ position, kind, sourceMs }));
    try {
      if (!(await this.lock.isHeld())) {
        throw new Failure('transient', 'not_owner', 'another process owns this partition now');
      }
      await renameSynced(aside, this.path);
    } finally {
      await rm(aside, { force: true });
    }
  }
}

function parseCheckpoint(text: string): Checkpoint {
  try {
    const { position, kind, sourceMs } = JSON.parse(text) as Partial<Record<keyof Checkpoint, unknown>>;
    if (typeof position === 'string' && (kind === 'started' || kind === 'committed')) {
      return { position, kind, ...(typeof sourceMs === 'number' && { sourceMs }) };
    }
  } catch {
    // Reported below.
  }
  throw new Failure('setup', 'journal_checkpoint_unreadable', 'a checkpoint file cannot be understood', {
    cure: 'restore or remove the file below .checkpoints',
  });
}
