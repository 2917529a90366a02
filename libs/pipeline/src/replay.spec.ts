import { createHash } from 'node:crypto';
import type { StreamContract } from '@das/contracts';
import { ManualClock, MemorySink } from '@das/testing';
import fc from 'fast-check';
import type { Step } from './outcome';
import type { KeyProvider } from './ports/key-provider';
import { recordId } from './record-id';
import { Replay, type DeadLetter, type ReplayOptions } from './replay';

const contract = {
  stream: 's_v1',
  version: '2.0.0',
  classification: 'internal',
  headers: [],
  paths: { eventId: ['id'], eventType: ['t'], eventTs: ['at'], schemaVersion: ['v'], subjectKey: ['k'] },
} as unknown as StreamContract;
const key = { id: 'k', material: new Uint8Array(32) };
const keys: KeyProvider = { current: () => key, find: () => key };

/** By the first letter of the text that it is: `l` lands, `d` is refused again, `t` is dropped. */
const judge: Step = ({ record }) => {
  const first = Buffer.from(record.value ?? []).toString()[1];
  if (first === 'd') return { outcome: 'dead', reason: 'schema_violation', stage: 'test', errors: [] };
  if (first === 't') return { outcome: 'dropped', reason: 'filtered' };
  return undefined;
};

function letter(value: string, index: number, source = 'kafka:t.v1'): DeadLetter {
  return {
    coordinates: { source, epoch: 1, partition: String(index % 3), position: String(index) },
    recordHash: createHash('sha256').update(value).digest('base64url'),
    record: {
      key: null,
      value: Buffer.from(JSON.stringify(value)),
      timestampMs: 1_700_000_000_000 + index,
      headers: [],
    },
  };
}
const idOf = ({ coordinates }: DeadLetter): string => recordId(coordinates);

let runs = 0;
async function open(sink: MemorySink, options: Partial<ReplayOptions> = {}): Promise<Replay> {
  return Replay.open({
    collector: 'c',
    version: '1',
    contract,
    steps: [judge],
    sink,
    clock: new ManualClock(),
    keys,
    sealer: { seal: (_record, { source, position }) => `sealed ${source} ${position}` },
    run: `r${runs++}`,
    maxHeldBytes: 1_000_000,
    commitPatienceMs: 30_000,
    ...options,
  });
}

/** What a warehouse answers: no row says that it replays them. */
function stillOpen(sink: MemorySink, letters: readonly DeadLetter[]): readonly DeadLetter[] {
  const replayed = new Set(sink.rows.map(({ REPLAY_OF }) => REPLAY_OF));
  return letters.filter((one) => !replayed.has(idOf(one)));
}

async function tick(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

async function finish(sink: MemorySink, replay: Replay) {
  const done = replay.finish();
  for (let round = 0; round < 20; round++) {
    await tick();
    sink.commit();
  }
  return done;
}

describe('a replay', () => {
  it('judges each dead letter anew: its row has a source of its own, and says which one it replays', async () => {
    const sink = new MemorySink();
    const replay = await open(sink);
    const letters = [letter('l1', 1), letter('d2', 2), letter('t3', 3), letter('d4', 4, 'replay:kafka:t.v1')];
    await replay.take(letters);
    const books = await finish(sink, replay);
    expect(books).toEqual({ read: 4, landed: 1, dead: 2, dropped: 1, committed: 3, rejected: 0 });
    expect(sink.rows).toEqual([
      expect.objectContaining({
        OUTCOME: 'landed',
        SOURCE: 'replay:kafka:t.v1',
        SOURCE_EPOCH: 1,
        SOURCE_PARTITION: '1',
        SOURCE_OFFSET: '1',
        REPLAY_OF: 'kafka:t.v1/1/1/1',
        RECORD_HASH: letters[0]?.recordHash,
        SOURCE_TS: new Date(1_700_000_000_001).toISOString(),
        CONTRACT_VERSION: '2.0.0',
        COLLECTOR: 'c@1',
      }),
      expect.objectContaining({
        OUTCOME: 'dead',
        REPLAY_OF: 'kafka:t.v1/1/2/2',
        DEAD_PAYLOAD: 'sealed replay:kafka:t.v1 2',
      }),
      expect.objectContaining({
        SOURCE: 'replay:replay:kafka:t.v1',
        REPLAY_OF: 'replay:kafka:t.v1/1/1/4',
      }),
    ]);
    expect(sink.channelNames()).toEqual(['das__s_v1__0__replay']);
  });

  it('ends when another one opens the channel, and says so', async () => {
    const sink = new MemorySink();
    const first = await open(sink);
    await first.take([letter('l1', 1)]);
    const second = await open(sink);
    await expect(first.take([letter('l2', 2)]).then(() => first.finish())).rejects.toMatchObject({
      kind: 'transient',
      code: 'replay_taken',
    });
    expect(await finish(sink, second)).toMatchObject({ read: 0 });
  });

  it('waits for room', async () => {
    const sink = new MemorySink({ maxAppendBytes: 2_000 });
    const replay = await open(sink, { maxHeldBytes: 500 });
    let taken = false;
    const taking = replay.take(Array.from({ length: 50 }, (_, index) => letter('l', index))).then(() => {
      taken = true;
    });
    expect(taken).toBe(false);
    await taking;
    expect(await finish(sink, replay)).toMatchObject({ committed: 50 });
  });

  it('does not wait for a commit for ever', async () => {
    const clock = new ManualClock();
    const replay = await open(new MemorySink(), { clock });
    await replay.take([letter('l', 1)]);
    const failed = expect(replay.finish()).rejects.toMatchObject({ code: 'commit_overdue' });
    await tick();
    clock.advance(30_000);
    await failed;
  });

  it('replays each dead letter once, whenever it is killed, and however many run', async () => {
    const act = <K extends string>(kind: K, weight: number) => ({
      weight,
      arbitrary: fc.record({ kind: fc.constant(kind), count: fc.nat(7) }),
    });
    const step = fc.oneof(
      act('take', 6),
      act('commit', 3),
      act('tick', 2),
      act('open', 1),
      act('kill', 1),
      act('crash', 1),
      act('lose', 1),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.nat(40), async (steps, count) => {
        const sink = new MemorySink({ maxAppendBytes: 900 });
        const letters = Array.from({ length: count }, (_, index) => letter('ld'[index % 2] ?? 'l', index));
        // Each run goes on with what it selected when it opened, knowing nothing of the others.
        const running: { replay: Replay; todo: readonly DeadLetter[] }[] = [];
        const begin = async (): Promise<void> => {
          const replay = await open(sink);
          running.push({ replay, todo: stillOpen(sink, letters) });
        };
        await begin();
        for (const one of steps) {
          const run = running.at(-1 - Math.floor(running.length / 2)) ?? running[0];
          if (one.kind === 'commit') sink.commit();
          else if (one.kind === 'tick') await tick();
          else if (one.kind === 'open') await begin();
          else if (one.kind === 'crash') sink.crash();
          else if (one.kind === 'lose') sink.lostAnswers++;
          else if (one.kind === 'kill') running.pop()?.replay.close();
          else if (run !== undefined) {
            const part = run.todo.slice(0, one.count);
            run.todo = run.todo.slice(one.count);
            await run.replay.take(part).catch(() => undefined);
          }
        }
        sink.lostAnswers = 0;
        const last = await open(sink);
        await last.take(stillOpen(sink, letters));
        await finish(sink, last);
        const replayed = sink.rows.map(({ REPLAY_OF }) => String(REPLAY_OF)).sort();
        expect(replayed).toEqual(letters.map(idOf).sort());
      }),
      { numRuns: 200 },
    );
  });
});
