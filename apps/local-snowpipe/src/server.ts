import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { asFailure } from '@das/pipeline';
import { Api } from './api';
import { Authority } from './authority';
import { readBody } from './body';
import { Committer } from './committer';
import { readTables } from './ddl';
import { FaultAdmin } from './fault-admin';
import { Faults } from './faults';
import { Lake } from './lake';
import { operationOf } from './operation';
import { Landing } from './landing';
import type { Options } from './options';
import { ParquetWriter } from './parquet-writer';
import { Pipe } from './pipe';
import { ProtocolError } from './protocol-error';

/** A server that is up. */
export interface LocalSnowpipe {
  readonly url: string;
  /** Commits what was received, then ends. @returns whether all of it could be committed */
  stop(): Promise<boolean>;
}

/** What a server needs of its process. */
export interface Surroundings {
  readonly log: (line: string) => void;
  /** Ends the process at once, as a crash would. */
  readonly die: () => void;
}

/** @throws UsageError for options that do not fit together or point nowhere */
export async function startServer(options: Options, { log, die }: Surroundings): Promise<LocalSnowpipe> {
  const tables = readTables(options.ddl);
  const lake = options.discard ? undefined : new Lake(options.lake);
  const writer = lake && (await ParquetWriter.open(lake.lockPath));
  const faults = new Faults();
  const pipes = tables.map(
    (table) => new Pipe(table, lake && writer && new Landing(table, lake, writer, faults)),
  );
  const committer = new Committer(pipes, options.commitMs, faults, log, die);
  const authority = new Authority(options.publicKeys);
  const parts: Parts = {
    api: new Api(pipes, authority, committer),
    committer,
    faults,
    admin: options.faults ? new FaultAdmin(faults, pipes, authority) : undefined,
    log,
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    void respond(parts, request, response);
  const { tls, host } = options;
  const server = tls === undefined ? createHttpServer(handle) : createHttpsServer(tls, handle);
  server.keepAliveTimeout = 60_000;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async stop() {
      server.close();
      server.closeIdleConnections();
      const isCommitted = await committer.stop();
      server.closeAllConnections();
      writer?.close();
      return isCommitted;
    },
  };
}

async function listen(server: Server, { port, host }: Options): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

interface Parts {
  readonly api: Api;
  readonly committer: Committer;
  readonly faults: Faults;
  readonly admin: FaultAdmin | undefined;
  readonly log: (line: string) => void;
}

async function respond(
  { api, committer, faults, admin, log }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let status = 200;
  let answer: unknown;
  try {
    const operation = operationOf(request);
    if (operation !== undefined) await faults.before(operation);
    answer = admin?.isFor(request) === true ? await admin.answer(request) : await api.answer(request);
    const lost = operation === undefined ? undefined : faults.losesAnswer(operation);
    if (lost !== undefined) {
      if (lost === 'commit') await committer.commitNow();
      response.destroy();
      return;
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.status === 500) log(`internal error: ${describeBug(error)}`);
    status = refusal.status;
    answer = { code: refusal.code, message: refusal.message };
    // What is left of the body would be taken for the next request.
    await readBody(request, false).catch(() => response.setHeader('connection', 'close'));
  }
  const text = typeof answer === 'string' ? answer : undefined;
  const body = text ?? JSON.stringify(answer);
  response.writeHead(status, {
    'content-type': text !== undefined ? 'text/plain' : 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

function refusalOf(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (error instanceof URIError) return new ProtocolError(400, 'MALFORMED_NAME', 'a name is not well-formed');
  // From the file system.
  if (typeof error === 'object' && error !== null && 'syscall' in error)
    return new ProtocolError(503, 'LAKE_FAILS', 'the lake cannot be written');
  return new ProtocolError(500, 'INTERNAL', 'the server failed');
}

/** What a developer needs of it: never what the error says, which may quote a row. */
export function describeBug(error: unknown): string {
  const { message, places } = asFailure(error);
  return [message, ...places].join('\n    at ');
}
