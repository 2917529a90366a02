import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** KMS's own errors, which moto does not make of itself: all of them are HTTP 400. */
export type KmsFault = 'DisabledException' | 'ThrottlingException' | 'AccessDeniedException';

/** Passes requests on to a KMS, or fails them as it is told to; it can be away. */
export class FaultyKms {
  private server: Server | undefined;
  private faults: KmsFault[] = [];
  private lasting: KmsFault | undefined;
  private port = 0;
  /** Requests that came, by operation. */
  readonly requests: string[] = [];

  constructor(private readonly target: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** At the same address each time. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
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

  /** The next requests fail so, one each. */
  failNext(...faults: readonly KmsFault[]): void {
    this.faults.push(...faults);
  }

  /** Every request fails so, until it is told otherwise. */
  failAll(fault: KmsFault | undefined): void {
    this.lasting = fault;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    this.requests.push(String(request.headers['x-amz-target']).replace('TrentService.', ''));
    const fault = this.lasting ?? this.faults.shift();
    if (fault !== undefined) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: fault, message: 'a-raw-message of 123456789012' }));
      return;
    }
    const headers = Object.entries(request.headers).filter(
      ([name]) => !/^(host|connection|content-length)$/.test(name),
    );
    const answer = await fetch(this.target, {
      method: 'POST',
      headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(body),
    });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}
