import type { Source } from '@das/pipeline';
import { setTimeout as sleep } from 'node:timers/promises';
import { range, until } from '../wait';
import { leaveAlone, readOn, SourceReader, values, type Begin, type Held } from './source-reader';

/** A log of one partition, for one test, and the instances that share its checkpoints. */
export interface PortLog {
  /** Appends values without line ends; `null` is a tombstone. */
  append(values: readonly (string | null)[]): Promise<void>;
  /** Another instance, not started. */
  instance(): Source;
  /** It takes one append, and is told to have ended after it: an object of a bucket. */
  readonly ends?: true;
}

/** Longer than a source needs to notice what is new. */
const QUIET_MS = 400;

/**
 * What every source promises the pipeline; call it within a test file.
 * @param newLog - an empty log of one partition, different each time
 */
export function sourcePortSuite(name: string, newLog: () => Promise<PortLog>): void {
  describe(`the source port on ${name}`, () => {
    let log: PortLog;
    let readers: SourceReader[];

    const startAnother = async (begin?: Begin): Promise<SourceReader> => {
      const reader = new SourceReader(log.instance(), begin);
      readers.push(reader);
      return reader.start();
    };
    const start = async (begin?: Begin): Promise<Held> => {
      const reader = await startAnother(begin);
      await until('the partition is assigned', () => reader.held.length === 1);
      return reader.only;
    };
    /** A log that ends has to have everything from the beginning. */
    const appendMore = async (more: readonly (string | null)[]): Promise<void> => {
      if (log.ends !== true) await log.append(more);
    };
    const delivered = async (held: Held, count: number): Promise<void> => {
      await until(`${count} records`, () => held.records.length >= count);
    };

    beforeEach(async () => {
      readers = [];
      log = await newLog();
    });

    afterEach(() => Promise.all(readers.map(({ source }) => source.stop())));

    it('delivers every record once and in order, tombstones included, and follows the log', async () => {
      const more = range(0, 500).map(String);
      await log.append(['a', null, 'b', ...(log.ends === true ? more : [])]);
      const held = await start(readOn);
      await delivered(held, 3);
      await appendMore(more);
      await delivered(held, 503);
      await sleep(QUIET_MS);
      expect(values(held)).toEqual(['a', null, 'b', ...more]);
      expect(held.ended).toBe(log.ends === true ? 1 : 0);
      const { source } = readers[0]!;
      const positions = held.records.map(({ position }) => position);
      expect([...positions].sort((a, b) => source.compare(a, b))).toEqual(positions);
      expect(new Set(positions).size).toBe(503);
      expect(source.compare(positions[0]!, positions[0]!)).toBe(0);
      expect(held.disturbed).toBe(0);
    });

    it('delivers nothing before a seek', async () => {
      await log.append(['a']);
      const held = await start(leaveAlone);
      await sleep(QUIET_MS);
      expect(held.records).toEqual([]);
    });

    it('says what can be read, and counts it', async () => {
      if (log.ends === true) await log.append(['a', 'b', 'c']);
      const held = await start(readOn);
      const { before, last } = await held.partition.bounds();
      if (log.ends !== true) expect(before).toBe(last);
      await appendMore(['a', 'b', 'c']);
      await delivered(held, 3);
      const [first, , third] = held.records;
      await until('the end is known', async () => (await held.partition.bounds()).last === third!.position);
      expect(await held.partition.bounds()).toEqual({ before, last: third!.position });
      expect(await held.partition.countRecords(before, third!.position)).toBe(3);
      expect(await held.partition.countRecords(first!.position, third!.position)).toBe(2);
      expect(await held.partition.countRecords(third!.position, third!.position)).toBe(0);
    });

    it('begins at a position, or after it, as often as it is asked to', async () => {
      await log.append(['a', 'b', 'c']);
      const held = await start(readOn);
      await delivered(held, 3);
      const second = held.records[1]!.position;
      held.partition.seek({ at: second });
      await delivered(held, 5);
      held.partition.seek({ after: second });
      await delivered(held, 6);
      held.partition.seek({ after: held.records[2]!.position });
      await appendMore(['d']);
      await sleep(QUIET_MS);
      expect(values(held).join('')).toBe(log.ends === true ? 'abcbcc' : 'abcbccd');
    });

    it('never delivers what was read before a seek', async () => {
      const all = range(0, 3_000);
      await log.append(all.map(String));
      const held = await start(readOn);
      await delivered(held, all.length);
      const positions = held.records.map(({ position }) => position);
      let due = all.length;
      const wrong: string[] = [];
      held.onBatch = (batch) => {
        for (const { value } of batch) {
          const read = Number(Buffer.from(value!).toString());
          if (read !== due) wrong.push(`${read} instead of ${due}`);
          due = read + 1;
        }
      };
      let random = 7;
      for (let seeks = 0; seeks < 60; seeks++) {
        random = (random * 48_271) % 2_147_483_647;
        due = random % all.length;
        held.partition.seek({ at: positions[due]! });
        if (random % 3 !== 0) await sleep(random % 20);
      }
      await until('the last seek is read to the end', () => due === all.length);
      expect(wrong).toEqual([]);
    });

    it('delivers nothing once pause() returned, and goes on without a gap', async () => {
      if (log.ends === true) {
        await pausedWithin(log, start);
        return;
      }
      await log.append(['0']);
      const held = await start(readOn);
      await delivered(held, 1);
      held.onBatch = () => {
        held.partition.pause();
      };
      for (const round of range(1, 4)) {
        await log.append(range(round * 10, round * 10 + 10).map(String));
        await until('a batch', () => held.records.length > (round - 1) * 10 + 1);
        const { length } = held.records;
        await sleep(QUIET_MS);
        expect(held.records).toHaveLength(length);
        await until('the rest', () => {
          held.partition.resume();
          return held.records.length === round * 10 + 1;
        });
      }
      expect(values(held)).toEqual(['0', ...range(10, 40).map(String)]);
    });

    it('stays paused over a seek', async () => {
      await log.append(['a', 'b']);
      const held = await start(leaveAlone);
      held.partition.pause();
      held.partition.seek({ after: (await held.partition.bounds()).before });
      await sleep(QUIET_MS);
      expect(held.records).toEqual([]);
      held.partition.resume();
      await delivered(held, 2);
    });

    it('keeps checkpoints of either kind beyond the instance', async () => {
      await log.append(['a', 'b']);
      const held = await start(readOn);
      await delivered(held, 2);
      expect(await held.partition.readCheckpoint()).toBeUndefined();
      const { before } = await held.partition.bounds();
      for (const checkpoint of [
        { position: before, kind: 'started' },
        { position: held.records[0]!.position, kind: 'committed' },
        { position: held.records[0]!.position, kind: 'committed', sourceMs: 1_700_000_000_123 },
      ] as const) {
        await held.partition.writeCheckpoint(checkpoint);
        expect(await held.partition.readCheckpoint()).toEqual(checkpoint);
      }
      await readers[0]!.source.stop();
      const next = await start(readOn);
      await delivered(next, 1);
      await sleep(QUIET_MS);
      expect(values(next)).toEqual(['b']);
    });

    it('gives a partition to one instance at a time, and to another when that one stops', async () => {
      await log.append(log.ends === true ? ['a', 'b'] : ['a']);
      const [first, second] = [await startAnother(readOn), await startAnother(readOn)];
      const owner = (): SourceReader | undefined =>
        [first, second].find(({ owned, held }) => owned.length === 1 && held.at(-1)!.records.length > 0);
      await until('one of them reads', () => owner() !== undefined);
      await sleep(QUIET_MS);
      const [one, other] = owner() === first ? [first, second] : [second, first];
      expect(other.owned).toEqual([]);
      const held = one.held.at(-1)!;
      expect(await held.partition.proveOwnership()).toBe(true);
      await held.partition.writeCheckpoint({ position: held.records[0]!.position, kind: 'committed' });

      await one.source.stop();
      expect(held.revoked).toBe(false);
      await until('the other one has it', () => other.owned.length === 1);
      const taken = other.held.at(-1)!;
      expect(await taken.partition.proveOwnership()).toBe(true);
      expect(await held.partition.proveOwnership()).toBe(false);
      await expect(
        held.partition.writeCheckpoint({ position: held.records[0]!.position, kind: 'committed' }),
      ).rejects.toMatchObject({ kind: 'transient', code: 'not_owner' });
      await appendMore(['b']);
      await delivered(taken, 1);
      expect([values(held), values(taken)]).toEqual([log.ends === true ? ['a', 'b'] : ['a'], ['b']]);
    });

    it('delivers nothing once it has stopped, and stops twice', async () => {
      await log.append(['a']);
      const held = await start(readOn);
      await delivered(held, 1);
      const { source } = readers[0]!;
      await Promise.all([source.stop(), source.stop()]);
      await log.append(['b']);
      await sleep(QUIET_MS);
      expect(values(held)).toEqual(['a']);
    });
  });
}

/** Of a log that is long enough to be delivered in several batches. */
async function pausedWithin(log: PortLog, start: (begin: Begin) => Promise<Held>): Promise<void> {
  const all = range(0, 20_000).map((index) => String(index).padEnd(100));
  await log.append(all);
  const held = await start(readOn);
  held.onBatch = () => {
    held.partition.pause();
  };
  await until('a batch', () => held.records.length > 0);
  for (let round = 0; round < 3; round++) {
    const { length } = held.records;
    expect(length).toBeLessThan(all.length);
    await sleep(QUIET_MS);
    expect(held.records).toHaveLength(length);
    held.partition.resume();
    await until('another batch', () => held.records.length > length);
  }
  held.onBatch = undefined;
  held.partition.resume();
  await until('the rest', () => held.records.length >= all.length);
  expect(values(held)).toEqual(all);
}
