import { ManualClock } from '@das/testing';
import { CheckpointWriter } from './checkpoint-writer';
import { Failure } from './failure';
import type { PipelineObserver } from './observer';
import type { Checkpoint, SourcePartition } from './ports/source';

function make({ fails = 0 } = {}) {
  const effects: string[] = [];
  const clock = new ManualClock();
  let left = fails;
  const partition = {
    id: '0',
    writeCheckpoint: async ({ position }: Checkpoint) => {
      if (left-- > 0) throw new Failure('transient', 'gone', 'the source is gone');
      effects.push(position);
      return Promise.resolve();
    },
  } as unknown as SourcePartition;
  const observer = {
    checkpointFailed: (_: string, { code }: Failure) => effects.push(code),
  } as unknown as PipelineObserver;
  const writer = new CheckpointWriter(partition, { clock, observer, checkpointMs: 1_000 });
  const after = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { writer, effects, after };
}

describe('the witness of commits', () => {
  it('is written at once for the first commit, then once per interval', async () => {
    const { writer, effects, after } = make();
    writer.note('1', undefined);
    await after(0);
    expect(effects).toEqual(['1']);
    writer.note('2', undefined);
    writer.note('3', undefined);
    await after(999);
    expect(effects).toEqual(['1']);
    await after(1);
    expect(effects).toEqual(['1', '3']);
    await after(10_000);
    expect(effects).toEqual(['1', '3']);
  });

  it('says nothing of a channel that has committed nothing, whatever was noted of another one', async () => {
    const { writer, effects, after } = make();
    writer.note('1', undefined);
    await after(0);
    writer.note('2', undefined);
    writer.forget();
    await writer.flush();
    await after(10_000);
    expect(effects).toEqual(['1']);
    expect(writer.committed).toBeUndefined();
  });

  it('is written at the next interval where it could not be written', async () => {
    const { writer, effects, after } = make({ fails: 1 });
    writer.note('1', undefined);
    await after(0);
    expect(effects).toEqual(['gone']);
    await after(1_000);
    expect(effects).toEqual(['gone', '1']);
  });
});
