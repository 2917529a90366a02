import { setTimeout as sleep } from 'node:timers/promises';
import { range } from '@das/testing';
import { DeadLetterWorld, STREAM } from './fixture';

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
  readonly errors: readonly { readonly path: string; readonly rule: string }[];
}

const EVENTS = 1_200;
const NOT_JSON = 12;
/** The old collector seals it outside its row; sealed once it is larger than what a row takes, opened it fits. */
const LARGE_PADDING = 3_600_000;

/** In this order: each test goes on with what the one before it left. */
describe('dead letters', () => {
  let world: DeadLetterWorld;
  beforeAll(async () => {
    world = await DeadLetterWorld.start();
    const events = world.events(EVENTS);
    for (const partition of range(0, 3)) {
      world.produce(partition, events.slice((partition * EVENTS) / 3, ((partition + 1) * EVENTS) / 3));
      world.produce(partition, Array(NOT_JSON / 3).fill('not json: a-secret') as string[]);
    }
    world.produce(0, world.events(1).map(padded));
    await world.collect('old');
  });
  afterAll(() => world.stop());

  const open = async (...args: readonly string[]) =>
    world.json<readonly Listed[]>('dlq', 'list', '--stream', STREAM, '--limit', '100000', ...args);

  it('are listed, filtered and counted, and never shown', async () => {
    expect(await open()).toHaveLength(EVENTS + NOT_JSON + 1);
    const notJson = await open('--reason', 'not_json');
    expect(notJson).toHaveLength(NOT_JSON);
    expect(notJson[0]).toMatchObject({ state: 'open', stage: 'parse', stream: STREAM });
    const ofOne = await open('--partition', '1', '--reason', 'not_json', '--since', '1h');
    expect(ofOne).toHaveLength(NOT_JSON / 3);
    const [first] = ofOne;
    const offset = first?.id.split('/').at(-1) ?? '';
    // Compared as numbers: as texts, 9 would come after 10,000.
    const upTo = await open('--partition', '1', '--from', '9', '--to', offset);
    expect(upTo).toHaveLength(EVENTS / 3 + 1);
    expect(await open('--until', '1h')).toEqual([]);
    expect(await open('--state', 'discarded')).toEqual([]);
    expect(await world.json('dlq', 'list', '--summary')).toEqual([
      expect.objectContaining({ stream: STREAM, reason: 'unknown_version', count: EVENTS + 1 }),
      expect.objectContaining({ stream: STREAM, reason: 'not_json', count: NOT_JSON }),
    ]);
    const text = await world.das('dlq', 'list', '--limit', '3');
    expect(text.stdout.trim().split('\n')).toHaveLength(3);
    expect(text.stderr).toContain('there are more than 3');
    expect(JSON.stringify(text)).not.toContain('a-secret');
  });

  it('are shown one by one, and revealed only with the key, for a reason, once that is audited', async () => {
    const [{ id } = { id: '' }] = await open('--reason', 'not_json');
    const shown = await world.das('dlq', 'show', id);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('not_json');
    expect(shown.stdout).not.toContain('a-secret');
    expect(await world.das('dlq', 'show', id, '--reveal')).toMatchObject({ code: 2 });

    const reveal = ['dlq', 'show', id, '--reveal', '--because', 'a test', '--json'];
    const refused = await world.dasWith({ ...world.env, PHI_KEY_FILE: '' }, ...reveal);
    expect(refused).toMatchObject({ code: 78, stdout: '' });
    expect(refused.stderr).toMatch(/^das: config: PHI_KEY_FILE: is not set.*\n$/);
    // The audit cannot be written: nothing is shown.
    await world.fault({ kind: 'refuse', on: 'append', status: 403, times: 2 });
    expect(await world.das(...reveal)).toMatchObject({ code: 78, stdout: '' });
    await world.clearFaults();
    expect(await world.audits()).toEqual([]);

    const revealed = await world.json<{ revealed: { value: string } }>(...reveal.slice(0, -1));
    expect(revealed.revealed.value).toBe('not json: a-secret');
    expect(await world.audits()).toEqual([
      expect.objectContaining({ ACTION: 'reveal', RECORD: id, ACTOR: 'tester', REASON: 'a test', STREAM }),
    ]);
    const again = await world.json<{ audit: readonly object[] }>('dlq', 'show', id);
    expect(again.audit).toHaveLength(1);
    expect(await world.das('dlq', 'show', 'journal:orders.v1/1/0/999999999')).toMatchObject({ code: 65 });
    expect(await world.das('dlq', 'show', 'lunch')).toMatchObject({ code: 2 });
  });

  it('are given up for a reason, which is audited; twice is once', async () => {
    const args = ['dlq', 'discard', '--stream', STREAM, '--reason', 'not_json', '--partition', '2'];
    const because = ['--because', 'cannot be mended'];
    expect(await world.das(...args)).toMatchObject({ code: 2 });
    const unasked = await world.das(...args, ...because);
    expect(unasked).toMatchObject({ code: 2 });
    expect(unasked.stderr).toContain('add --yes');
    const discard = async () => world.json('dlq', 'discard', ...args.slice(2), ...because, '--yes');
    expect(await discard()).toEqual({ discarded: NOT_JSON / 3 });
    expect(await discard()).toEqual({ discarded: 0 });
    const audits = (await world.audits()).filter(({ ACTION }) => ACTION === 'discard');
    expect(audits).toHaveLength(NOT_JSON / 3);
    expect(await open('--reason', 'not_json')).toHaveLength((NOT_JSON * 2) / 3);
    expect(await open('--state', 'discarded')).toHaveLength(NOT_JSON / 3);
  });

  it('are replayed once each, however often the replay is killed in the middle', async () => {
    const replay = ['dlq', 'replay', '--stream', STREAM, '--reason', 'unknown_version'];
    expect(await world.json(...replay, '--dry-run')).toEqual({
      open: EVENTS + 1,
      wouldReplay: EVENTS + 1,
      reasons: { unknown_version: EVENTS + 1 },
    });
    expect(await world.count('WHERE REPLAY_OF IS NOT NULL')).toBe(0);
    // Bounded.
    expect(await world.json(...replay, '--limit', '100')).toMatchObject({ read: 100, committed: 100 });
    for (const isGroup of [true, false, true]) {
      await world.fault({ kind: 'slow', on: 'append', ms: 200, times: 1_000 });
      const process = world.startDas(...replay, '--limit', '400');
      await sleep(900 + Math.random() * 1_200);
      if (isGroup) killGroup(process.pid);
      await process.kill9();
      await world.clearFaults();
    }
    const rest = await world.json<{ landed: number }>(...replay);
    expect(rest.landed).toBeGreaterThan(0);
    expect(await open('--reason', 'unknown_version')).toEqual([]);
    expect(await world.json(...replay)).toMatchObject({ read: 0 });
    const found = await world.recount();
    expect(found).toMatchObject({ replays: EVENTS + 1, lost: 0, duplicated: 0, altered: 0 });
    expect(found.rows).toBe(EVENTS + NOT_JSON + 1);
    const [rows] = await world.query(
      `SELECT count(*)::INT AS n, count(DISTINCT SOURCE || SOURCE_PARTITION || SOURCE_OFFSET)::INT AS places,
         count(*) FILTER (WHERE OUTCOME = 'landed')::INT AS landed, min(SOURCE) AS source
       FROM bronze WHERE REPLAY_OF IS NOT NULL`,
    );
    expect(rows).toEqual({
      n: EVENTS + 1,
      places: EVENTS + 1,
      landed: EVENTS + 1,
      source: 'replay:journal:orders.v1',
    });
    const [hashes] = await world.query(
      `SELECT count(*)::INT AS n FROM bronze r JOIN bronze d
         ON r.REPLAY_OF = d.SOURCE || '/' || d.SOURCE_EPOCH || '/' || d.SOURCE_PARTITION || '/' || d.SOURCE_OFFSET
       WHERE r.RECORD_HASH = d.RECORD_HASH`,
    );
    expect(hashes).toEqual({ n: EVENTS + 1 });
  });

  it('are dead letters of their own when they are refused again, and can be replayed again', async () => {
    const [{ id } = { id: '' }] = await open('--reason', 'not_json');
    expect(await world.json('dlq', 'replay', id)).toMatchObject({ read: 1, dead: 1, committed: 1 });
    const again = `replay:${id}`;
    expect((await open('--reason', 'not_json')).map((one) => one.id)).toContain(again);
    const shown = await world.json<{ state: string; replays: readonly { id: string }[] }>('dlq', 'show', id);
    expect(shown).toMatchObject({ state: 'replayed', replays: [{ id: again, outcome: 'dead' }] });
    expect(await world.json('dlq', 'replay', id)).toMatchObject({ read: 0 });
    expect(await world.json('dlq', 'replay', again)).toMatchObject({ read: 1, dead: 1 });
    expect((await open('--reason', 'not_json')).map((one) => one.id)).toContain(`replay:${again}`);
  });

  it('are replayed once when two begin at once: one ends with a line', async () => {
    const before = await world.count('WHERE REPLAY_OF IS NOT NULL');
    const old = EVENTS / 4;
    world.produce(1, world.events(old));
    await world.collect('old');
    await world.fault({ kind: 'slow', on: 'append', ms: 300, times: 1_000 });
    const replay = () =>
      world.das('dlq', 'replay', '--stream', STREAM, '--reason', 'unknown_version', '--json');
    const first = replay();
    await sleep(700);
    const runs = await Promise.all([first, replay()]);
    await world.clearFaults();
    const ended = runs.filter(({ code }) => code !== 0);
    for (const { code, stderr } of ended) {
      expect(code).toBe(75);
      expect(stderr).toContain('das: replay_taken: another replay of this stream has begun');
    }
    expect(ended.length).toBeLessThan(2);
    expect(await world.json('dlq', 'list', '--reason', 'unknown_version')).toEqual([]);
    expect(await world.count('WHERE REPLAY_OF IS NOT NULL')).toBe(before + old);
    expect(await world.recount()).toMatchObject({ lost: 0, duplicated: 0, altered: 0 });
  });

  it('are not taken by a collector of another stream', async () => {
    const before = await world.count('');
    const { code, stdout, stderr } = await world.das(
      ...['dlq', 'replay', '--stream', STREAM, '--collector', 'auth-events-collector', '--json'],
    );
    expect([code, stdout]).toEqual([78, '']);
    expect(stderr).toContain(`das: wrong_collector: this collector collects auth_events_v1, not ${STREAM}`);
    expect(await world.count('')).toBe(before);
  });

  it('stay open where they cannot be opened, and the others go on', async () => {
    world.produce(0, [...world.events(3), ...world.events(1).map(padded)]);
    await world.collect('old');
    world.loseClaims();
    const { code, stdout, stderr } = await world.das(
      'dlq',
      'replay',
      '--stream',
      STREAM,
      '--reason',
      'unknown_version',
      '--json',
    );
    expect(code).toBe(65);
    expect(JSON.parse(stdout)).toMatchObject({ read: 3, landed: 3, unreadable: 1 });
    expect(stderr).toMatch(/could not be opened: claim_missing/);
    expect(await open('--reason', 'unknown_version')).toHaveLength(1);
  });
});

function padded(event: string): string {
  return `{${' '.repeat(LARGE_PADDING)}${event.slice(1)}`;
}

/** It leads its process group, which the collector that it started is part of. */
function killGroup(pid: number | undefined): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}
