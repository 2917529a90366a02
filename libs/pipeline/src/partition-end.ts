import { dropChannels, type ChannelQuery } from './channel-place';
import type { CheckpointWriter } from './checkpoint-writer';
import type { SeekTarget } from './ports/source';

/**
 * What follows the last commit of a partition that ends: it is done, its channel is dropped, the source forgets it.
 * Each step may be the last one before a crash: whoever comes next begins with the one that is missing.
 */
export class PartitionEnd {
  constructor(
    private readonly query: ChannelQuery,
    private readonly checkpoints: Pick<CheckpointWriter, 'finish'>,
  ) {}

  /** Whether an earlier session, or another process, came so far. Asks the source. @throws Failure */
  async isReached(): Promise<boolean> {
    const { partition } = this.query;
    return partition.finished !== undefined && (await partition.readCheckpoint())?.kind === 'done';
  }

  /** @param next - where reading would go on, if there were more. @throws Failure */
  async reach(next: SeekTarget): Promise<void> {
    await this.checkpoints.finish('after' in next ? next.after : next.at);
  }

  /** @throws Failure */
  async letGo(): Promise<void> {
    await dropChannels(this.query);
    await this.query.partition.finished?.();
  }
}
