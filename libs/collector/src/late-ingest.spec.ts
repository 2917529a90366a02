import { Failure, type Ingest } from '@das/pipeline';
import { ManualClock } from '@das/testing';
import { LateIngest } from './late-ingest';

const missing = (what: string): Failure => new Failure('setup', 'unreadable_file', `${what} cannot be read`);

/** Until what was begun has come as far as it can. */
const settled = async () => new Promise((resolve) => setImmediate(resolve));

function late(...tries: (Failure | 'made')[]) {
  return lateAfter(async () => Promise.resolve(), ...tries);
}

function lateAfter(wait: () => Promise<void>, ...tries: (Failure | 'made')[]) {
  const ended: string[] = [];
  const clock = new ManualClock();
  const heard: string[] = [];
  const made = {
    start: async () => Promise.resolve(void heard.push('started')),
    stop: async () => Promise.resolve(true),
    health: () => ({ joined: true, failure: undefined, partitions: [] }),
  };
  const ingest = new LateIngest({
    create: async (onEnd) => {
      onEnd(() => void ended.push('let go'));
      await wait();
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
  return { clock, heard, ended, ingest };
}

describe('an ingest that cannot be made yet', () => {
  it('is not ready, says why once for each reason, and is made and started once it can be', async () => {
    const { ingest, clock, heard, ended } = late(missing('one'), missing('one'), missing('two'), 'made');
    await ingest.start();
    expect(ingest.health()).toEqual({
      joined: false,
      failure: expect.objectContaining({ line: 'unreadable_file: one cannot be read' }) as unknown,
      partitions: [],
    });
    expect(await ingest.lag()).toEqual([]);
    expect(ingest.fuseStates()).toEqual([]);
    expect(ingest.resetFuses()).toEqual([]);
    for (let looks = 0; looks < 2; looks++) {
      clock.advance(1_000);
      await settled();
    }
    expect(heard).toEqual(['unreadable_file', 'unreadable_file']);
    clock.advance(1_000);
    await settled();
    expect(heard.slice(2)).toEqual(['made', 'cured', 'started']);
    expect(ingest.health().joined).toBe(true);
    clock.advance(60_000);
    await settled();
    expect(heard).toHaveLength(5);
    // What each failed try had taken, and not yet what the one that is made has.
    expect(ended).toHaveLength(3);
    await ingest.stop(1_000);
    expect(ended).toHaveLength(4);
  });

  it('waits for what may go well later, as KMS that does not answer', async () => {
    const away = new Failure('transient', 'kms_unreachable', 'KMS does not answer');
    const { ingest, clock, heard } = late(away, 'made');
    await ingest.start();
    clock.advance(1_000);
    await settled();
    expect(heard).toEqual(['kms_unreachable', 'made', 'cured', 'started']);
  });

  it('is not started when it is stopped while it is made', async () => {
    let go: () => void = () => undefined;
    const { ingest, heard, ended } = lateAfter(async () => new Promise((resolve) => (go = resolve)), 'made');
    const starting = ingest.start();
    await ingest.stop(1_000);
    go();
    await starting;
    expect([heard, ended]).toEqual([['made'], ['let go']]);
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
