import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { UnsecuredJWT } from 'jose';
import { readOptions } from '../options';
import { startServer, type LocalSnowpipe } from '../server';

const DDL = `CREATE TABLE "DB"."BRONZE"."T" (
  "ID" NUMBER(20,0) NOT NULL, "NAME" VARCHAR, "PAYLOAD" VARIANT, "TAGS" ARRAY, "AT" TIMESTAMP_TZ, "OK" BOOLEAN
) COMMENT = 'rows of a test';`;
const PIPE = '/v2/streaming/databases/DB/schemas/BRONZE/pipes/T-STREAMING';

export interface Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Status {
  readonly last_committed_offset_token: string | null;
  readonly rows_inserted: number;
  readonly rows_error_count: number;
  readonly last_error_message: string | null;
  readonly last_error_offset_upper_bound: string | null;
}

/** A server on a free port over a lake of its own, and a client that holds its token. */
export class TestEndpoint {
  readonly dir = mkdtempSync(join(tmpdir(), 'das-local-snowpipe-'));
  readonly lake = join(this.dir, 'lake');
  readonly table = join(this.lake, 'DB', 'BRONZE', 'T');
  readonly logged: string[] = [];
  private server: LocalSnowpipe | undefined;
  private token = '';

  async start(...args: readonly string[]): Promise<void> {
    const ddl = join(this.dir, 't.sql');
    writeFileSync(ddl, DDL);
    const options = readOptions([
      '--port',
      '0',
      '--lake',
      this.lake,
      '--ddl',
      ddl,
      '--commit-ms',
      '5',
      ...args,
    ]);
    if (options === undefined) throw new Error('no options');
    const die = (): void => undefined;
    this.server = await startServer(options, { log: (line) => void this.logged.push(line), die });
    const jwt = new UnsecuredJWT({}).setExpirationTime('1h').encode();
    const headers = { authorization: `Bearer ${jwt}` };
    const issued = await fetch(`${this.server.url}/oauth/token`, { method: 'POST', headers });
    this.token = await issued.text();
  }

  async stop(): Promise<boolean> {
    const isCommitted = await this.server?.stop();
    this.server = undefined;
    return isCommitted ?? true;
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true });
  }

  async call(method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) {
    const response = await fetch(`${this.server?.url ?? ''}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
    });
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Answer['json']) : { text };
    return { status: response.status, json } satisfies Answer;
  }

  async open(channel: string, body: object = {}): Promise<Answer> {
    return this.call('PUT', `${PIPE}/channels/${encodeURIComponent(channel)}`, JSON.stringify(body));
  }

  /** @returns the first continuation token */
  async opened(channel: string, body: object = {}): Promise<string> {
    const { json } = await this.open(channel, body);
    return String(json.next_continuation_token);
  }

  async append(
    channel: string,
    continuation: string,
    endToken: string,
    rows: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const query = new URLSearchParams({ continuationToken: continuation, endOffsetToken: endToken });
    const path = `${PIPE.replace('streaming', 'streaming/data')}/channels/${encodeURIComponent(channel)}/rows`;
    return this.call('POST', `${path}?${query.toString()}`, rows, headers);
  }

  async drop(channel: string): Promise<Answer> {
    return this.call('DELETE', `${PIPE}/channels/${encodeURIComponent(channel)}`);
  }

  async status(channel: string): Promise<Status | undefined> {
    const { json } = await this.call(
      'POST',
      `${PIPE}:bulk-channel-status`,
      `{"channel_names":["${channel}"]}`,
    );
    return (json.channel_statuses as Record<string, Status>)[channel];
  }

  /** Waits until the token is committed. */
  async committed(channel: string, token: string): Promise<Status> {
    for (;;) {
      const status = await this.status(channel);
      if (status?.last_committed_offset_token === token) return status;
      await sleep(5);
    }
  }

  /** The result of a query over the table's files, named `t`. */
  async query(sql: string): Promise<readonly (readonly unknown[])[]> {
    const db = await (await DuckDBInstance.create(':memory:')).connect();
    await db.run(`SET TimeZone = 'UTC'; CREATE VIEW t AS FROM '${this.table}/*/*/*.parquet'`);
    return (await db.runAndReadAll(sql)).getRowsJson();
  }
}
