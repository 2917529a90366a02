import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { Failure, type ChannelStatus, type Clock } from '@das/pipeline';
import { CachedToken, createJwtSigner } from './credentials';
import { HttpClient, type Authorisation, type Call } from './http';
import type { Operation, SnowpipeObserver } from './observer';
import type { SnowpipeLimits, SnowpipeSettings } from './settings';

const gzip = promisify(zlib.gzip);
/** Node has zstd from 22.15 on. */
const zstd = 'zstdCompress' in zlib ? promisify(zlib.zstdCompress as typeof zlib.gzip) : undefined;

export interface RemoteStatus extends ChannelStatus {
  /** `SUCCESS`, `ACTIVE`, or an `ERR_…` code. */
  readonly code: string;
}

/** The calls of Snowpipe Streaming's REST API, of one pipe. */
export class RestClient {
  private readonly http: HttpClient;
  private readonly accountUrl: URL;
  private readonly jwt: CachedToken;
  private readonly scoped: CachedToken;
  private ingestBase: Promise<URL> | undefined;

  constructor(
    private readonly settings: SnowpipeSettings,
    private readonly limits: SnowpipeLimits,
    clock: Clock,
    observer: SnowpipeObserver,
  ) {
    this.accountUrl = checkUrl(settings.accountUrl);
    this.http = new HttpClient(limits, clock, observer);
    this.jwt = new CachedToken(clock, createJwtSigner({ ...settings, clock }));
    this.scoped = new CachedToken(clock, () => this.fetchScopedToken());
  }

  /** Opens a channel: fences its earlier writer and discards what that one had not committed. */
  async open(
    channel: string,
    offsetToken?: string,
  ): Promise<{ continuationToken: string; status: RemoteStatus }> {
    const body = JSON.stringify(offsetToken === undefined ? {} : { offset_token: offsetToken });
    const headers = { 'content-type': 'application/json' };
    const text = await this.call(
      'open',
      'PUT',
      (base) => this.pipeUrl(base, `/channels/${encodeURIComponent(channel)}`),
      {
        headers,
        body,
      },
    );
    const answer = parseAnswer(text, 'open');
    const { next_continuation_token: token, channel_status: status } = answer;
    if (typeof token !== 'string' || status === undefined) throw unreadable('open');
    return { continuationToken: token, status: readStatus(status) };
  }

  /** @returns the continuation token of the next append */
  async append(
    channel: string,
    rows: Uint8Array,
    tokens: { readonly continuation: string; readonly start: string; readonly end: string },
  ): Promise<string> {
    const { body, encoding } = await this.compress(rows);
    const text = await this.call(
      'append',
      'POST',
      (base) => {
        const url = this.pipeUrl(base, `/channels/${encodeURIComponent(channel)}/rows`, '/v2/streaming/data');
        url.searchParams.set('continuationToken', tokens.continuation);
        url.searchParams.set('startOffsetToken', tokens.start);
        url.searchParams.set('endOffsetToken', tokens.end);
        return url;
      },
      { headers: { 'content-type': 'application/x-ndjson', ...encoding }, body },
    );
    const { next_continuation_token: token } = parseAnswer(text, 'append');
    if (typeof token !== 'string') throw unreadable('append');
    return token;
  }

  /** Channels that the service does not know are left out. */
  async statuses(channels: readonly string[]): Promise<Map<string, RemoteStatus>> {
    const text = await this.call('status', 'POST', (base) => this.pipeUrl(base, ':bulk-channel-status'), {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel_names: channels }),
    });
    const { channel_statuses: statuses } = parseAnswer(text, 'status');
    return new Map(Object.entries(statuses ?? {}).map(([name, status]) => [name, readStatus(status)]));
  }

  async close(): Promise<void> {
    await this.http.close();
  }

  private async call(
    operation: Operation,
    method: Call['method'],
    urlOn: (base: URL) => URL,
    rest: Pick<Call, 'headers' | 'body'>,
  ): Promise<string> {
    const base = await this.ingestUrl();
    const authorise = async (): Promise<Authorisation> => {
      const token = await this.scoped.get();
      return {
        token,
        drop: () => {
          this.scoped.drop(token);
        },
      };
    };
    return this.http.send({ operation, method, url: urlOn(base), authorise, ...rest });
  }

  private pipeUrl(base: URL, suffix: string, prefix = '/v2/streaming'): URL {
    const { database, schema, pipe } = this.settings;
    const path = [`/databases/${encodeURIComponent(database)}`, `/schemas/${encodeURIComponent(schema)}`];
    return new URL(`${prefix}${path.join('')}/pipes/${encodeURIComponent(pipe)}${suffix}`, base);
  }

  /** The host that takes rows; asked for once, and again after a failure. */
  private async ingestUrl(): Promise<URL> {
    this.ingestBase ??= this.fetchIngestUrl().catch((thrown: unknown) => {
      this.ingestBase = undefined;
      throw thrown;
    });
    return this.ingestBase;
  }

  private async fetchIngestUrl(): Promise<URL> {
    const text = await this.http.send({
      operation: 'hostname',
      method: 'GET',
      url: new URL('/v2/streaming/hostname', this.accountUrl),
      headers: { 'x-snowflake-authorization-token-type': 'KEYPAIR_JWT' },
      authorise: () => this.authoriseByJwt(),
    });
    const host = plainOrJson(text, 'hostname').replaceAll('_', '-');
    const port = host.includes(':') || this.accountUrl.port === '' ? '' : `:${this.accountUrl.port}`;
    try {
      return new URL(`${this.accountUrl.protocol}//${host}${isLoopback(this.accountUrl) ? port : ''}`);
    } catch (cause) {
      throw new Failure('unknown', 'hostname_unreadable', 'the ingest host name cannot be read', { cause });
    }
  }

  private async fetchScopedToken(): Promise<string> {
    const { host } = await this.ingestUrl();
    const text = await this.http.send({
      operation: 'token',
      method: 'POST',
      url: new URL('/oauth/token', this.accountUrl),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-snowflake-authorization-token-type': 'KEYPAIR_JWT',
      },
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        scope: host,
      }).toString(),
      authorise: () => this.authoriseByJwt(),
    });
    return plainOrJson(text, 'access_token', 'token');
  }

  private async authoriseByJwt(): Promise<Authorisation> {
    const token = await this.jwt.get();
    return {
      token,
      drop: () => {
        this.jwt.drop(token);
      },
    };
  }

  private async compress(rows: Uint8Array): Promise<{ body: Uint8Array; encoding: Record<string, string> }> {
    if (rows.length < this.limits.compressFromBytes) return { body: rows, encoding: {} };
    if (zstd !== undefined) return { body: await zstd(rows), encoding: { 'content-encoding': 'zstd' } };
    return { body: await gzip(rows, { level: 1 }), encoding: { 'content-encoding': 'gzip' } };
  }
}

/** What of the documented answers is read; nothing of it is taken on trust. */
interface Answer {
  readonly next_continuation_token?: unknown;
  readonly channel_status?: WireStatus;
  readonly channel_statuses?: Readonly<Record<string, WireStatus>>;
}

interface WireStatus {
  readonly channel_status_code?: unknown;
  readonly last_committed_offset_token?: unknown;
  readonly rows_error_count?: unknown;
  /** The same under the name of another page of the documentation. */
  readonly rows_errors?: unknown;
}

function readStatus(wire: WireStatus): RemoteStatus {
  const { channel_status_code: code, last_committed_offset_token: token } = wire;
  return {
    code: typeof code === 'string' && /^[A-Z0-9_]{3,80}$/.test(code) ? code : 'UNREADABLE',
    committedToken: typeof token === 'string' && token !== '' ? token : undefined,
    rowsRejected: Number(wire.rows_error_count ?? wire.rows_errors ?? 0),
  };
}

function parseAnswer(text: string, operation: Operation): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch (cause) {
    throw unreadable(operation, cause);
  }
}

function unreadable(operation: Operation, cause?: unknown): Failure {
  return new Failure('unknown', 'answer_unreadable', `the answer to ${operation} is not as documented`, {
    cause,
  });
}

/** Some answers are documented as JSON on one page and as plain text on another. */
function plainOrJson(text: string, ...names: readonly string[]): string {
  try {
    const json = JSON.parse(text) as unknown;
    if (typeof json === 'string') return json;
    for (const name of names) {
      const value = (json as Record<string, unknown>)[name];
      if (typeof value === 'string') return value;
    }
  } catch {
    // Plain text, then.
  }
  return text.trim();
}

function checkUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol === 'https:' || isLoopback(url)) return url;
  throw new Failure('setup', 'insecure_url', 'SNOWFLAKE_ACCOUNT_URL is not https, and not on loopback');
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
