import { changeOfCheckpoint } from './lease-item';
import type { LeaseTable } from './lease-table';
import { justBefore } from './position';
import type { Shard } from './shard';

/**
 * Writes down, for the shards that came of one, that they are read from their beginning whatever a first start would
 * do: their records follow on what was read. A shard that was passed over at a first start says nothing of its children.
 */
export async function plantChildren(
  parent: string,
  shards: readonly Shard[],
  table: LeaseTable,
): Promise<void> {
  const lease = await table.read(parent);
  if (lease?.skipped !== false) return;
  // They began after the parent's end, and that was not yet when nothing had come after its checkpoint.
  const { nothingBeforeMs } = lease;
  const children = shards.filter(({ parents }) => parents.includes(parent));
  for (const child of children) {
    const checkpoint = { position: justBefore(child.start), kind: 'started' } as const;
    await table.plant(child, { ...changeOfCheckpoint(checkpoint), nothingBeforeMs });
  }
}
