import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { startLocalSnowpipe, type ManagedProcess } from '@das/testing';
import { DuckDBInstance } from '@duckdb/node-api';
import { UnsecuredJWT } from 'jose';

const { database, schema, name } = ordersEventsV1.table;
const PIPE = `/databases/${database}/schemas/${schema}/pipes/${name}-STREAMING`;
const KILLS = 10;
const ROWS_PER_APPEND = 20;

describe('local-snowpipe, as a process', () => {
  let dir: string;
  let lake: string;
  let running: { process: ManagedProcess; url: string } | undefined;
  const start = async (...args: readonly string[]) => {
    running = await startLocalSnowpipe({ lake, logFile: join(dir, 'log'), args });
    return running;
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'das-local-snowpipe-'));
    lake = join(dir, 'lake');
  });
  afterEach(async () => {
    await running?.process.stop();
    rmSync(dir, { recursive: true });
  });

  it(`loses and doubles nothing when it is killed ${KILLS} times (kill -9)`, async () => {
    let committed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const { process, url } = await start('--commit-ms', '1');
      const client = await Client.open(url);
      // What was seen to be committed is there, and nothing else than what was sent.
      expect(client.committed).toBeGreaterThanOrEqual(committed);
      const killed = sleep(100 + Math.random() * 400).then(() => process.kill9());
      committed = await client.appendUntilItFails();
      await killed;
    }
    await start();
    const { committed: last } = await Client.open(running?.url ?? '');
    expect(last).toBeGreaterThanOrEqual(committed);
    expect(last).toBeGreaterThan(KILLS * ROWS_PER_APPEND);
    const [found] = await query(
      lake,
      'SELECT count(*)::INT, count(DISTINCT SOURCE_OFFSET)::INT, max(SOURCE_OFFSET::INT) FROM t',
    );
    expect(found).toEqual([last, last, last]);
    expect(unfinished(lake)).toEqual([]);
  });

  it('lets no second process at a lake, and the next one once the first is gone', async () => {
    const first = await start();
    await expect(startLocalSnowpipe({ lake, logFile: join(dir, 'second') })).rejects.toThrow(
      /ended \(2\)[\s\S]*another local-snowpipe holds/,
    );
    await first.process.kill9();
    await start();
  });

  it('commits what it received when it is asked to end', async () => {
    const { process, url } = await start('--commit-ms', '60000');
    const client = await Client.open(url);
    await client.append();
    expect(await process.stop()).toBe(0);
    expect((await query(lake, 'SELECT count(*)::INT FROM t'))[0]).toEqual([ROWS_PER_APPEND]);
  });
});

/** Sends rows numbered from 1, in chunks; the token is the last number. */
class Client {
  private sent: number;

  private constructor(
    private readonly url: string,
    private readonly token: string,
    private continuation: string,
    readonly committed: number,
  ) {
    this.sent = committed;
  }

  static async open(url: string): Promise<Client> {
    const jwt = new UnsecuredJWT({}).setExpirationTime('1h').encode();
    const headers = { authorization: `Bearer ${jwt}` };
    const token = await (await fetch(`${url}/oauth/token`, { method: 'POST', headers })).text();
    const answer = await fetch(`${url}/v2/streaming${PIPE}/channels/c`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: '{}',
    });
    const opened = (await answer.json()) as {
      next_continuation_token: string;
      channel_status: { last_committed_offset_token: string | null };
    };
    const { last_committed_offset_token: committed } = opened.channel_status;
    return new Client(url, token, opened.next_continuation_token, Number(committed ?? 0));
  }

  async append(): Promise<void> {
    const rows = Array.from({ length: ROWS_PER_APPEND }, () => `${JSON.stringify(rowOf(++this.sent))}\n`);
    const query = new URLSearchParams({
      continuationToken: this.continuation,
      endOffsetToken: String(this.sent),
    });
    const path = `/v2/streaming/data${PIPE}/channels/c/rows?${query.toString()}`;
    const { next_continuation_token: next } = await this.post<{ next_continuation_token: string }>(
      path,
      rows.join(''),
    );
    this.continuation = next;
  }

  /** @returns the last number that was seen to be committed */
  async appendUntilItFails(): Promise<number> {
    let { committed } = this;
    try {
      for (;;) {
        await this.append();
        const { channel_statuses: statuses } = await this.post<{
          channel_statuses: { c: { last_committed_offset_token: string | null } };
        }>(`/v2/streaming${PIPE}:bulk-channel-status`, '{"channel_names":["c"]}');
        committed = Number(statuses.c.last_committed_offset_token ?? 0);
      }
    } catch {
      return committed;
    }
  }

  private async post<T>(path: string, body: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.token}` };
    const answer = await fetch(`${this.url}${path}`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return (await answer.json()) as T;
  }
}

function rowOf(number: number): object {
  return {
    OUTCOME: 'landed',
    CLASSIFICATION: 'pii',
    SOURCE: 'test',
    SOURCE_EPOCH: 1,
    SOURCE_PARTITION: '0',
    SOURCE_OFFSET: String(number),
    RECORD_HASH: 'h',
    INGESTED_AT: '2026-01-01T00:00:00Z',
    COLLECTOR: 'test',
    CONTRACT_VERSION: '1.0.0',
  };
}

async function query(lake: string, sql: string): Promise<readonly (readonly unknown[])[]> {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  await db.run(`CREATE VIEW t AS FROM '${join(lake, database, schema, name)}/*/*/*.parquet'`);
  return (await db.runAndReadAll(sql)).getRowsJson();
}

function unfinished(lake: string): readonly string[] {
  const folder = join(lake, database, schema, name, '_tmp');
  return existsSync(folder) ? readdirSync(folder) : [];
}
