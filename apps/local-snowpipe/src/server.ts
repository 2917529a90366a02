import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Api } from './api';
import { Authority } from './authority';
import { Committer } from './committer';
import { readTables } from './ddl';
import { Lake } from './lake';
import { lockLake } from './lake-lock';
import type { Options } from './options';
import { ParquetWriter } from './parquet-writer';
import { ProtocolError } from './protocol-error';
import { Pipe } from './store';

/** A server that is up. */
export interface LocalSnowpipe {
  readonly url: string;
  /** Commits what was received, then ends. */
  stop(): Promise<void>;
}

/** @throws UsageError for options that do not fit together or point nowhere */
export async function startServer(options: Options, log: (line: string) => void): Promise<LocalSnowpipe> {
  const tables = readTables(options.ddl);
  const unlock = options.discard ? () => undefined : lockLake(options.lake);
  const writer = options.discard ? undefined : await ParquetWriter.open();
  const target = writer === undefined ? 'discard' : { lake: new Lake(options.lake), writer };
  const pipes = tables.map((table) => new Pipe(table, target));
  const committer = new Committer(pipes, options.commitMs, log);
  const api = new Api(pipes, new Authority(options.publicKeys), committer);
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    void respond(api, request, response, log);
  const server =
    options.tls === undefined ? createHttpServer(handle) : createHttpsServer(options.tls, handle);
  server.keepAliveTimeout = 60_000;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    async stop() {
      server.close();
      server.closeIdleConnections();
      await committer.stop();
      server.closeAllConnections();
      writer?.close();
      unlock();
    },
  };
}

async function listen(server: Server, { port, host }: Options): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

async function respond(
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void,
): Promise<void> {
  let status = 200;
  let answer: unknown;
  try {
    answer = await api.answer(request);
  } catch (error) {
    const refusal =
      error instanceof ProtocolError ? error : new ProtocolError(500, 'INTERNAL', 'the server failed');
    if (refusal !== error)
      log(`internal error: ${error instanceof Error ? (error.stack ?? error.name) : 'unknown'}`);
    status = refusal.status;
    answer = { code: refusal.code, message: refusal.message };
    // What was not read of the body would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
  }
  const text = typeof answer === 'string' ? answer : undefined;
  const body = text ?? JSON.stringify(answer);
  response.writeHead(status, {
    'content-type': text !== undefined ? 'text/plain' : 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
