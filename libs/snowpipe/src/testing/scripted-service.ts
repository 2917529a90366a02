import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Operation } from '../observer';

/** What the service got. */
export interface Received {
  readonly operation: Operation;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Decompressed. */
  readonly body: string;
}

/** Instead of the usual answer. */
export type Reply =
  | {
      readonly status: number;
      /** An object is sent as JSON, text as it is. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The request takes effect, and its answer is lost. */
  | 'lost-answer'
  /** The request takes effect, and its answer never comes. */
  | 'silence';

interface ChannelState {
  openings: number;
  appends: number;
  code: string;
  received: string | undefined;
  committed: string | undefined;
  rejected: number;
}

/** A small Snowpipe Streaming in this process: it keeps the protocol, and departs from it as it is told to. */
export class ScriptedService {
  readonly requests: Received[] = [];
  readonly channels = new Map<string, ChannelState>();
  /** Answers `hostname`. */
  host: unknown = { hostname: '127.0.0.1' };
  tokensIssued = 0;
  private readonly script: [Operation, Reply][] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedService> {
    const server = createServer();
    const service = new ScriptedService(server);
    server.on('request', (request, response) => void service.serve(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return service;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next requests of this operation are answered so, in this order. */
  answer(operation: Operation, ...replies: readonly Reply[]): void {
    for (const reply of replies) this.script.push([operation, reply]);
  }

  of(operation: Operation): Received[] {
    return this.requests.filter((request) => request.operation === operation);
  }

  channel(name: string): ChannelState {
    const state = this.channels.get(name);
    if (state === undefined) throw new Error(`no channel ${name}`);
    return state;
  }

  /** What was received becomes durable. */
  commit(name: string): void {
    const state = this.channel(name);
    state.committed = state.received;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const raw = Buffer.concat(parts);
    const url = new URL(request.url ?? '/', this.url);
    const received: Received = {
      operation: operationOf(request.method, url.pathname),
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString('utf8'),
    };
    this.requests.push(received);
    const scripted = this.script.findIndex(([operation]) => operation === received.operation);
    const reply = scripted < 0 ? undefined : this.script.splice(scripted, 1)[0]?.[1];
    if (typeof reply === 'object') {
      send(response, reply.status, reply.body ?? '', reply.headers);
      return;
    }
    const [status, body] = this.usual(received);
    if (reply === undefined) send(response, status, body);
    else if (reply === 'lost-answer') response.destroy();
  }

  private usual({ operation, path, query, body }: Received): [status: number, body: unknown] {
    const name = decodeURIComponent(/\/channels\/([^/]+)/.exec(path)?.[1] ?? '');
    switch (operation) {
      case 'hostname':
        return [200, this.host];
      case 'token':
        return [200, { token: `scoped-${++this.tokensIssued}` }];
      case 'open':
        return [200, this.open(name, JSON.parse(body) as { offset_token?: string })];
      case 'append':
        return this.append(name, query);
      case 'status': {
        const { channel_names: names } = JSON.parse(body) as { channel_names: string[] };
        const known = names.filter((one) => this.channels.has(one));
        return [200, { channel_statuses: Object.fromEntries(known.map((one) => [one, this.status(one)])) }];
      }
      case 'drop':
        this.channels.delete(name);
        return [200, {}];
    }
  }

  private open(name: string, { offset_token: token }: { offset_token?: string }): unknown {
    const state = this.channels.get(name) ?? {
      openings: 0,
      appends: 0,
      code: 'SUCCESS',
      received: undefined,
      committed: undefined,
      rejected: 0,
    };
    this.channels.set(name, state);
    state.openings++;
    state.appends = 0;
    state.received = undefined;
    state.committed = token ?? state.committed;
    return { next_continuation_token: `${state.openings}.0`, channel_status: this.status(name) };
  }

  private append(name: string, query: URLSearchParams): [status: number, body: unknown] {
    const state = this.channels.get(name);
    if (state === undefined || query.get('continuationToken') !== `${state.openings}.${state.appends}`) {
      return [400, { code: 'STALE_CONTINUATION_TOKEN_SEQUENCER', message: 'quotes what was sent' }];
    }
    state.appends++;
    state.received = query.get('endOffsetToken') ?? undefined;
    return [200, { next_continuation_token: `${state.openings}.${state.appends}` }];
  }

  private status(name: string): unknown {
    const { code, committed, rejected } = this.channel(name);
    return {
      channel_name: name,
      channel_status_code: code,
      last_committed_offset_token: committed ?? null,
      rows_error_count: rejected,
    };
  }
}

function operationOf(method: string | undefined, path: string): Operation {
  if (path === '/v2/streaming/hostname') return 'hostname';
  if (path === '/oauth/token') return 'token';
  if (path.endsWith(':bulk-channel-status')) return 'status';
  if (path.endsWith('/rows')) return 'append';
  return method === 'DELETE' ? 'drop' : 'open';
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, headers);
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
