import type { EventDecoder, PartitionConsumer, SourcePartition, SourceRecord } from '@das/pipeline';
import { MemoryLog, MemorySource, sourcePortSuite } from '@das/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { preparedSource } from './prepared-source';

/** Knows a value once it was asked for, a moment ago; `known` may be emptied to make it forget. */
class SlowDecoder implements EventDecoder {
  readonly known = new Set<string>();
  readonly closed: true[] = [];
  readonly asked: string[] = [];
  isBroken = false;
  /** While it is set, an answer comes when this resolves. */
  gate: Promise<unknown> | undefined;

  constructor(private readonly ms: number) {}

  decode = (value: Uint8Array): Uint8Array => value;
  ready(records: readonly Pick<SourceRecord, 'value'>[]): number {
    const first = records.findIndex(({ value }) => value !== null && !this.known.has(String(value)));
    return first < 0 ? records.length : first;
  }

  /** A few at a time, as the real one. */
  async prepare(records: readonly Pick<SourceRecord, 'value'>[]): Promise<void> {
    const values = records.map(({ value }) => String(value)).filter((value) => !this.known.has(value));
    await (this.gate ?? sleep(this.ms));
    this.asked.push(...values.slice(0, 50));
    if (this.isBroken) return;
    for (const value of values.slice(0, 50)) this.known.add(value);
  }

  async close(): Promise<void> {
    this.closed.push(true);
    return Promise.resolve();
  }
}

let timer: NodeJS.Timeout | undefined;
afterEach(() => {
  clearInterval(timer);
});

sourcePortSuite('a source that waits for schemas', async () => {
  const log = new MemoryLog();
  const instances: MemorySource[] = [];
  timer = setInterval(() => {
    for (const source of instances) {
      if (log.owner === undefined) source.take();
      source.poll(70);
    }
  }, 1);
  return Promise.resolve({
    append: async (values) => {
      for (const value of values) log.append(value);
      return Promise.resolve();
    },
    instance: () => {
      const source = new MemorySource(log);
      instances.push(source);
      return preparedSource(source, new SlowDecoder(2));
    },
  });
});

describe('a source that waits for schemas', () => {
  const log = (...values: string[]): MemoryLog => {
    const made = new MemoryLog();
    for (const value of values) made.append(value);
    return made;
  };
  const quiet = async (): Promise<void> => sleep(5);

  async function open(records: MemoryLog, decoder: SlowDecoder) {
    const source = new MemorySource(records);
    const batches: string[][] = [];
    const events: string[] = [];
    let partition: SourcePartition | undefined;
    const consumer: PartitionConsumer = {
      deliver: (batch) => {
        batches.push(batch.map(({ value }) => String(value)));
      },
      disturbed: () => events.push('disturbed'),
      ended: () => events.push('ended'),
      revoked: () => events.push('revoked'),
    };
    const prepared = preparedSource(source, decoder);
    await prepared.start(
      (assigned) => {
        partition = assigned;
        return consumer;
      },
      () => undefined,
    );
    source.take();
    if (partition === undefined) throw new Error('nothing was assigned');
    partition.seek({ at: '0' });
    return { source, prepared, partition, batches, events };
  }

  it('delivers at once what is known, and holds the rest until it is', async () => {
    const decoder = new SlowDecoder(0);
    decoder.known.add('a').add('b');
    const { source, batches } = await open(log('a', 'b', 'new', 'a', 'newer'), decoder);
    let learn: () => void = () => undefined;
    decoder.gate = new Promise<void>((resolve) => (learn = resolve));
    source.poll(5);
    expect(batches).toEqual([['a', 'b']]);
    // Nothing is read on meanwhile.
    source.poll(5);
    learn();
    await quiet();
    expect(batches).toEqual([
      ['a', 'b'],
      ['new', 'a', 'newer'],
    ]);
    expect(decoder.asked).toEqual(['new', 'newer']);
  });

  it('delivers what could not be learnt, so that the pipeline hears why', async () => {
    const decoder = new SlowDecoder(0);
    decoder.isBroken = true;
    const { source, batches } = await open(log('a', 'b'), decoder);
    source.poll(5);
    await quiet();
    expect(batches).toEqual([['a', 'b']]);
  });

  it('drops what it holds when the partition is sought anew, taken away, or the source stops', async () => {
    for (const end of ['seek', 'revoke', 'stop'] as const) {
      const decoder = new SlowDecoder(0);
      const records = log('a', 'b');
      const { source, prepared, partition, batches, events } = await open(records, decoder);
      source.poll(1);
      if (end === 'seek') partition.seek({ at: '1' });
      if (end === 'revoke') {
        records.owner = undefined;
        source.learnOfLoss();
        expect(events).toEqual(['revoked']);
      }
      if (end === 'stop') await prepared.stop();
      await quiet();
      expect(batches).toEqual([]);
      if (end === 'stop') expect(decoder.closed).toHaveLength(1);
      if (end !== 'seek') continue;
      // It reads on, from there.
      source.poll(5);
      await quiet();
      expect(batches).toEqual([['b']]);
    }
  });

  it('holds on while the pipeline is paused', async () => {
    const decoder = new SlowDecoder(0);
    const { source, partition, batches } = await open(log('a', 'b'), decoder);
    source.poll(1);
    partition.pause();
    await quiet();
    source.poll(1);
    expect(batches).toEqual([]);
    partition.resume();
    expect(batches).toEqual([['a']]);
    source.poll(1);
    await quiet();
    expect(batches).toEqual([['a'], ['b']]);
  });
});
