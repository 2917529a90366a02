import { Failure, type Ingest } from '@das/pipeline';
import { ManualClock } from '@das/testing';
import { LateIngest } from './late-ingest';

const missing = (what: string): Failure => new Failure('setup', 'unreadable_file', `${what} cannot be read`);

function late(...tries: (Failure | 'made')[]) {
  const clock = new ManualClock();
  const heard: string[] = [];
  const made = {
    start: async () => Promise.resolve(void heard.push('started')),
    stop: async () => Promise.resolve(true),
    health: () => ({ joined: true, failure: undefined, partitions: [] }),
  };
  const ingest = new LateIngest({
    create: () => {
      const next = tries.shift();
      if (next instanceof Failure) throw next;
      heard.push('made');
      return made as unknown as Ingest;
    },
    clock,
    retryMs: 1_000,
    onSetup: (failure) => heard.push(failure?.code ?? 'cured'),
    onFatal: (failure) => heard.push(`fatal ${failure.code}`),
  });
  return { clock, heard, ingest };
}

describe('an ingest that cannot be made yet', () => {
  it('is not ready, says why once for each reason, and is made and started once it can be', async () => {
    const { ingest, clock, heard } = late(missing('one'), missing('one'), missing('two'), 'made');
    await ingest.start();
    expect(ingest.health()).toEqual({
      joined: false,
      failure: expect.objectContaining({ line: 'unreadable_file: one cannot be read' }) as unknown,
      partitions: [],
    });
    expect(await ingest.lag()).toEqual([]);
    expect(ingest.fuseStates()).toEqual([]);
    expect(ingest.resetFuses()).toEqual([]);
    clock.advance(1_000);
    clock.advance(1_000);
    expect(heard).toEqual(['unreadable_file', 'unreadable_file']);
    clock.advance(1_000);
    expect(heard.slice(2)).toEqual(['made', 'cured', 'started']);
    expect(ingest.health().joined).toBe(true);
    clock.advance(60_000);
    expect(heard).toHaveLength(5);
  });

  it('tries no more once it was stopped', async () => {
    const { ingest, clock, heard } = late(missing('one'), 'made');
    await ingest.start();
    expect(await ingest.stop(1_000)).toBe(true);
    clock.advance(60_000);
    expect(heard).toEqual(['unreadable_file']);
  });

  it('ends the process for what nobody understands', async () => {
    const { ingest, clock, heard } = late(new Failure('unknown', 'unclassified', 'x'), 'made');
    await ingest.start();
    clock.advance(60_000);
    expect(heard).toEqual(['unclassified', 'fatal unclassified']);
  });
});
