import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOP_BY_HOP = /^(host|connection|content-length|accept-encoding|expect)$/;
/** Of an answer: what says how it was sent, and not what it is. */
const SENT = /^(connection|keep-alive|transfer-encoding|content-encoding)$/;

const BODYLESS = new Set(['GET', 'HEAD']);

/** Stands before a stand-in of services of AWS, passes requests on or fails them; it can be away. */
export abstract class AwsFront {
  private server: Server | undefined;
  private port = 0;

  constructor(private readonly target: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** At the same address each time. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.respond(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  /** From now on nobody listens. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /**
   * @param operation - such as `GetRecords`; of S3, the method
   * @returns what to answer: the name of an error, which is HTTP 400 and JSON, or what the stand-in said
   */
  protected abstract answer(
    request: IncomingMessage,
    operation: string,
    body: Buffer,
  ): Promise<string | Response>;

  /** Asks the stand-in, as it was asked. */
  protected async forward(request: IncomingMessage, body: Uint8Array | string): Promise<Response> {
    const { method = 'POST', url = '/' } = request;
    const headers = Object.fromEntries(
      Object.entries(request.headers)
        .filter(([name]) => !HOP_BY_HOP.test(name))
        .map(([name, value]) => [name, String(value)]),
    );
    return fetch(this.target + url, {
      method,
      headers,
      ...(!BODYLESS.has(method) && { body: Buffer.from(body) }),
    });
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const target = request.headers['x-amz-target'];
    const operation = target === undefined ? String(request.method) : String(target).replace(/^.*\./, '');
    const answer = await this.answer(request, operation, Buffer.concat(chunks));
    if (typeof answer === 'string') {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: answer, message: 'a-raw-message of 123456789012' }));
      return;
    }
    response.writeHead(
      answer.status,
      Object.fromEntries([...answer.headers].filter(([name]) => !SENT.test(name))),
    );
    // Piece by piece: it may be cut.
    if (answer.body !== null) for await (const piece of answer.body) response.write(piece);
    response.end();
  }
}
