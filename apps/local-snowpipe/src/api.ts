import type { IncomingMessage } from 'node:http';
import type { Authority } from './authority';
import { checkEncoding, inflate, readBody, readJson } from './body';
import type { Channel } from './channel';
import type { Committer } from './committer';
import { fitsFileName } from './file-name';
import type { Pipe } from './pipe';
import { nameTooLong, noSuchPipe, ProtocolError, staleContinuation } from './protocol-error';

const ELASTIC = /^\/v2\/streaming\/data\/databases\/[^/]+\/schemas\/[^/]+\/tables\/[^/]+\/rows$/;
const PIPE = /^\/v2\/streaming(\/data)?\/databases\/([^/]+)\/schemas\/([^/]+)\/pipes\/([^/:]+)(.*)$/;

/** The calls of Snowpipe Streaming's REST API. */
export class Api {
  constructor(
    private readonly pipes: readonly Pipe[],
    private readonly authority: Authority,
    private readonly committer: Committer,
  ) {}

  /** @returns what is answered: text as it is, anything else as JSON. @throws ProtocolError */
  async answer(request: IncomingMessage): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'http://local');
    const { authorization } = request.headers;
    if (url.pathname === '/v2/streaming/hostname') {
      await this.authority.checkKeyPairJwt(authorization);
      // Plain text, which the official SDK wants; without a port, since clients add the one that they called.
      return (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
    }
    if (url.pathname === '/oauth/token' && request.method === 'POST') {
      await readBody(request);
      await this.authority.checkKeyPairJwt(authorization);
      return this.authority.issue();
    }
    if (url.pathname === '/telemetry/send/sessionless') {
      await readBody(request);
      return { success: true };
    }
    this.authority.checkScoped(authorization);
    if (ELASTIC.test(url.pathname))
      throw new ProtocolError(
        501,
        'NOT_IMPLEMENTED',
        'rows go through a channel: this has no elastic append',
      );
    const match = PIPE.exec(url.pathname);
    if (match === null) throw notFound();
    const [, , database, schema, name, rest = ''] = match.map((part: string | undefined) =>
      decodeURIComponent(part ?? ''),
    );
    const pipe = this.pipes.find(
      ({ table, name: own }) => table.database === database && table.schema === schema && own === name,
    );
    if (pipe === undefined) throw noSuchPipe();
    return this.onPipe(pipe, request, url, rest);
  }

  private async onPipe(pipe: Pipe, request: IncomingMessage, url: URL, rest: string): Promise<unknown> {
    if (rest === ':pipe-info') return pipeInfo();
    if (rest === ':bulk-channel-status') {
      const { channel_names: names } = await readJson(request);
      return { channel_statuses: statusesOf(pipe, names) };
    }
    const [, name, rows] = /^\/channels\/([^/]+)(\/rows)?$/.exec(rest) ?? [];
    if (name === undefined) throw notFound();
    if (rows !== undefined) return this.append(pipe, name, request, url);
    const { offset_token: offsetToken, fail_on_uncommitted_rows: careful } = await readJson(request);
    if (request.method === 'PUT') {
      const token = typeof offsetToken === 'string' ? offsetToken : undefined;
      const [channel, continuation] = await pipe.open(name, token, careful === true);
      return { next_continuation_token: continuation, channel_status: statusOf(pipe, channel) };
    }
    if (request.method !== 'DELETE') throw new ProtocolError(405, 'METHOD_NOT_ALLOWED', 'PUT or DELETE');
    await pipe.drop(name, careful === true || url.searchParams.get('fail_on_uncommitted_rows') === 'true');
    return {};
  }

  private async append(pipe: Pipe, name: string, request: IncomingMessage, url: URL): Promise<unknown> {
    if (request.method !== 'POST') throw new ProtocolError(405, 'METHOD_NOT_ALLOWED', 'POST');
    if (this.committer.fault !== undefined)
      throw new ProtocolError(503, 'COMMITS_FAIL', 'commits fail; what was received is kept');
    const channel = pipe.find(name);
    if (channel === undefined) throw staleContinuation();
    const continuation = url.searchParams.get('continuationToken');
    const endToken = url.searchParams.get('endOffsetToken') ?? undefined;
    channel.check(continuation);
    if (!fitsFileName(name, endToken ?? '')) throw nameTooLong();
    const encoding = request.headers['content-encoding'];
    checkEncoding(encoding);
    const isKept = pipe.landing !== undefined;
    const body = await readBody(request, isKept);
    const rows = isKept ? await inflate(body, encoding) : body;
    return { next_continuation_token: channel.append(continuation, { rows, endToken }) };
  }
}

const notFound = (): ProtocolError => new ProtocolError(404, 'NOT_FOUND', 'there is no such call');

function statusesOf(pipe: Pipe, names: unknown): Record<string, unknown> {
  if (!Array.isArray(names)) throw new ProtocolError(400, 'MALFORMED_BODY', 'channel_names is a list');
  const found = names.flatMap((name) => pipe.find(String(name)) ?? []);
  return Object.fromEntries(found.map((channel) => [channel.name, statusOf(pipe, channel)]));
}

function statusOf({ table, name }: Pipe, channel: Channel): Record<string, unknown> {
  return {
    database_name: table.database,
    schema_name: table.schema,
    pipe_name: name,
    channel_name: channel.name,
    channel_status_code: channel.statusCode,
    // Empty: rows were committed without one.
    last_committed_offset_token: channel.committedToken === '' ? null : (channel.committedToken ?? null),
    created_on_ms: channel.createdMs,
    rows_inserted: channel.rowsInserted,
    rows_parsed: channel.rowsParsed,
    rows_error_count: channel.rowsRejected,
    last_error_offset_upper_bound: channel.lastError?.upperBound ?? null,
    last_error_message: channel.lastError?.message ?? null,
    last_error_timestamp: channel.lastError?.atMs ?? null,
    snowflake_avg_processing_latency_ms: 0,
  };
}

/** What the official SDK asks for before its first append; below a megabyte it never uses the stage. */
function pipeInfo(): unknown {
  const location = {
    expiry_time_ms: Date.now() + 3_600_000,
    location_type: 'S3',
    use_s3_regional_url: false,
    location: 'local/none',
    region: 'us-east-1',
    // The SDK wants them to be there; nothing is ever sent to a stage.
    creds: { AWS_KEY_ID: 'none', AWS_SECRET_KEY: 'none', AWS_TOKEN: 'none' },
  };
  return {
    rowset_stage_location: location,
    durable_stage_location: location,
    encryption_info: { pipe_key: Buffer.alloc(32).toString('base64'), pipe_key_id: 0, diversifier: '' },
  };
}
