import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManagedProcess } from '../processes/managed-process';

const ROOT = join(__dirname, '..', '..', '..', '..');
const PYTHON = join(ROOT, '.tools', 'fakesnow', 'bin', 'python');
const SERVER = join(ROOT, 'test', 'fakesnow', 'server.py');
const START_MS = 60_000;

/** What a client did, as the server saw it, in order. */
export interface FakesnowEvent {
  readonly event: 'login' | 'statement' | 'ended' | 'abort' | 'chunk';
  readonly atMs: number;
  readonly user?: string;
  readonly account?: string;
  readonly authenticator?: string;
  readonly role?: string | null;
  readonly warehouse?: string | null;
  /** Of the session (login) or of the statement. */
  readonly parameters?: Readonly<Record<string, unknown>> | null;
  readonly sql?: string;
  readonly requestId?: string;
  /** Which session asks: a name that is no credential. */
  readonly session?: string;
  /** Types by place, such as `{"1": "TEXT"}`. */
  readonly binds?: Readonly<Record<string, string>>;
  /** Snowflake's, of a statement that failed. */
  readonly code?: string | null;
  /** Of an abort: the statement had not ended. */
  readonly wasRunning?: boolean;
}

/** A Snowflake-protocol SQL server on DuckDB, in memory and on loopback. What policies do in Snowflake it does not prove. */
export interface Fakesnow {
  readonly process: ManagedProcess;
  readonly url: string;
  events(): readonly FakesnowEvent[];
  /** Runs a statement in a session of its own, to prepare a test. @throws Error with what the server says */
  run(sql: string): Promise<void>;
}

/**
 * @param options.dir - its logs
 * @param options.hooks - `FILE.py:FUNCTION`: changes each statement's text before it runs
 * @param options.nop - regexes: statements that begin with one do nothing
 * @param options.publicKeyPath - PEM; without it everybody is let in, and `run` works only then
 * @param options.database - where sessions are that name none; FLATTEN works in a database alone
 * @param options.chunkRows - results of more rows come in chunks of so many
 * @throws Error when it is not installed
 */
export async function startFakesnow(options: {
  readonly dir: string;
  readonly hooks?: readonly string[];
  readonly nop?: readonly string[];
  readonly publicKeyPath?: string;
  readonly database?: string;
  readonly chunkRows?: number;
}): Promise<Fakesnow> {
  if (!existsSync(PYTHON)) throw new Error('fakesnow is not installed: run node scripts/das.mjs setup');
  const { dir, hooks = [], nop = [], publicKeyPath, database, chunkRows } = options;
  mkdirSync(dir, { recursive: true });
  const log = join(dir, 'fakesnow-events.ndjson');
  const process = ManagedProcess.start({
    name: 'fakesnow',
    command: PYTHON,
    args: [
      SERVER,
      `--log=${log}`,
      ...hooks.map((hook) => `--hook=${hook}`),
      ...nop.map((regex) => `--nop=${regex}`),
      ...(publicKeyPath === undefined ? [] : [`--public-key=${publicKeyPath}`]),
      ...(database === undefined ? [] : [`--database=${database}`]),
      ...(chunkRows === undefined ? [] : [`--chunk-rows=${chunkRows}`]),
    ],
    logFile: join(dir, 'fakesnow.log'),
    stdinPipe: true,
  });
  const { url } = JSON.parse(await process.ready(START_MS)) as { url: string };
  return {
    process,
    url,
    events: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as FakesnowEvent),
    run: async (sql) => {
      const token = await logIn(url);
      await post(`${url}/queries/v1/query-request?requestId=${randomUUID()}`, { sqlText: sql }, token);
    },
  };
}

async function logIn(url: string): Promise<string> {
  const data = { LOGIN_NAME: 'TEST', ACCOUNT_NAME: 'TEST', SESSION_PARAMETERS: {} };
  const { token } = (await post(`${url}/session/v1/login-request`, { data })) as { readonly token: string };
  return token;
}

async function post(url: string, body: unknown, token?: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // A test that waits for a process cannot see meanwhile that an idle connection was closed.
      connection: 'close',
      ...(token !== undefined && { authorization: `Snowflake Token="${token}"` }),
    },
    body: JSON.stringify(body),
  });
  const { success, message, data } = (await response.json()) as {
    readonly success: boolean;
    readonly message?: string;
    readonly data: unknown;
  };
  if (!success) throw new Error(`fakesnow: ${message ?? response.status}`);
  return data;
}
