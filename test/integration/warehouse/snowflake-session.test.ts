import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRows, makeKeys, startFakesnow, until, type Fakesnow, type FakesnowEvent } from '@das/testing';
import { openWarehouse, type Warehouse } from '@das/warehouse';

const hundred = (name: string): string =>
  `(VALUES ${Array.from({ length: 100 }, (_, n) => `(${n})`).join(', ')}) ${name} (N)`;
const [A, B, C, D, E, F] = ['a', 'b', 'c', 'd', 'e', 'f'].map(hundred);
const SLOW =
  `SELECT COUNT(*) AS "X" FROM ${A}, ${B}, ${C}, ${D}, ${E}, ${F} ` +
  `WHERE MD5(CAST(a.N + b.N * 3 + c.N * 5 + d.N + e.N + f.N AS VARCHAR)) = 'none'`;

describe('what Snowflake would see of a reader; the server checks keys and ends statements, and knows no roles', () => {
  let dir: string;
  let privateKeyPath: string;
  let fakesnow: Fakesnow;
  let warehouse: Warehouse | undefined;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-snowflake-session-'));
    ({ privateKeyPath } = makeKeys(join(dir, 'reader')));
    const publicKeyPath = join(dir, 'reader.pub');
    const publicKey = createPublicKey(readFileSync(privateKeyPath, 'utf8'));
    writeFileSync(publicKeyPath, publicKey.export({ type: 'spki', format: 'pem' }));
    fakesnow = await startFakesnow({ dir, publicKeyPath });
  });
  afterEach(async () => {
    await warehouse?.close();
  });
  afterAll(async () => {
    await fakesnow.process.stop();
    rmSync(dir, { recursive: true });
  });
  const open = async (more: Readonly<Record<string, string>> = {}): Promise<Warehouse> => {
    warehouse = await openWarehouse(
      {
        SNOWFLAKE_ACCOUNT_URL: fakesnow.url,
        SNOWFLAKE_ACCOUNT: 'ORG-ACCT',
        SNOWFLAKE_USER: 'COLLECTOR',
        SNOWFLAKE_PRIVATE_KEY_PATH: join(dir, 'nobody-reads-this.pem'),
        DAS_READ_USER: 'READER',
        DAS_READ_PRIVATE_KEY_PATH: privateKeyPath,
        ...more,
      },
      { queryTag: 'das-test' },
    );
    return warehouse;
  };
  const events = (kind: FakesnowEvent['event'], from = 0): readonly FakesnowEvent[] =>
    fakesnow.events().filter(({ event, atMs }) => event === kind && atMs >= from);
  const one = async (from: Warehouse, sql: string, signal?: AbortSignal) =>
    allRows(from.query(sql, [], signal === undefined ? {} : { signal }));

  it('logs in as who reads, with a token that its key signed, with role and virtual warehouse', async () => {
    await open({ DAS_READ_ROLE: 'ANALYST', DAS_READ_WAREHOUSE: 'SERVE_WH' });
    expect(events('login').at(-1)).toMatchObject({
      user: 'READER',
      authenticator: 'SNOWFLAKE_JWT',
      role: 'ANALYST',
      warehouse: 'SERVE_WH',
    });
  });

  it('is refused with another key, which is a matter of set-up', async () => {
    const other = makeKeys(join(dir, 'other')).privateKeyPath;
    await expect(open({ DAS_READ_PRIVATE_KEY_PATH: other })).rejects.toMatchObject({
      kind: 'setup',
      code: 'warehouse_login',
    });
  });

  it('tags every statement, gives it its time, and is one', async () => {
    const from = Date.now();
    expect(await one(await open({ DAS_READ_TIMEOUT_SECONDS: '7' }), 'SELECT 1 AS "A"')).toEqual([{ A: 1 }]);
    expect(events('statement', from).map(({ parameters }) => parameters)).toEqual([
      { QUERY_TAG: 'das-test', STATEMENT_TIMEOUT_IN_SECONDS: 7, MULTI_STATEMENT_COUNT: 1 },
    ]);
  });

  it('runs as many at once as it has sessions, in sessions of their own, and uses these again', async () => {
    const reader = await open({ DAS_READ_SESSIONS: '3' });
    const from = Date.now();
    const interruption = new AbortController();
    const asked = Array.from({ length: 5 }, async () =>
      one(reader, SLOW, interruption.signal).catch(() => 'ended'),
    );
    await until('three statements run', () => events('statement', from).length === 3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const sessions = events('statement', from).map(({ session }) => session);
    expect([sessions.length, new Set(sessions).size]).toEqual([3, 3]);
    interruption.abort();
    expect(await Promise.all(asked)).toEqual(Array.from(asked, () => 'ended'));
    await one(reader, 'SELECT 2 AS "A"');
    expect(sessions).toContain(events('statement', from).at(-1)?.session);
    expect(events('login', from)).toHaveLength(2);
  });

  it('cancels the statement that runs, and no other', async () => {
    const reader = await open();
    const from = Date.now();
    const interruption = new AbortController();
    const atTheEnd = new AbortController();
    const left = one(reader, SLOW, interruption.signal);
    const kept = one(reader, `${SLOW} AND 1 = 1`, atTheEnd.signal).catch(() => 'ended');
    await until('both run', () => events('statement', from).length === 2);
    interruption.abort();
    await expect(left).rejects.toMatchObject({ code: 'interrupted' });
    const [ended] = events('ended', from);
    const cancelled = events('statement', from).find(({ requestId }) => requestId === ended?.requestId);
    expect([ended?.code, cancelled?.sql]).toEqual(['000604', SLOW]);
    expect(events('abort', from)).toContainEqual(
      expect.objectContaining({ requestId: ended?.requestId, wasRunning: true }),
    );
    expect(events('ended', from)).toHaveLength(1);
    atTheEnd.abort();
    expect(await kept).toBe('ended');
  });

  it('is told by the server when its time is over', async () => {
    const reader = await open({ DAS_READ_TIMEOUT_SECONDS: '1' });
    const from = Date.now();
    await expect(one(reader, SLOW)).rejects.toMatchObject({ code: 'warehouse_timeout' });
    expect(events('ended', from).map(({ code }) => code)).toEqual(['000630']);
    expect(events('abort', from)).toEqual([]);
  });

  it('reads a large result in parts, as it is read', async () => {
    const from = Date.now();
    const rows = (await open())
      .query(`SELECT a.N AS "N" FROM ${A}, ${B}, ${C} WHERE c.N < 20`)
      [Symbol.asyncIterator]();
    expect((await rows.next()).done).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const fetched = events('chunk', from).length;
    expect(fetched).toBeGreaterThan(0);
    expect(fetched).toBeLessThan(20);
    await rows.return?.();
  });

  it('is told where nobody answers', async () => {
    const opening = open({ SNOWFLAKE_ACCOUNT_URL: 'http://127.0.0.1:9' });
    await expect(opening).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_unreachable' });
  }, 60_000);
});
