import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { idsIn, NUMBER_PREFIX } from './marks';

/** Between a collector and its endpoint; an append may be answered with everything that was sent. */
export interface EchoingProxy {
  readonly url: string;
  /** The next appends are answered with these statuses and what they hold. */
  echo(statuses: readonly number[]): void;
  /** Answers that are still to be given so. */
  left(): number;
  stop(): Promise<void>;
}

export async function startEchoingProxy(endpoint: string): Promise<EchoingProxy> {
  let waiting: number[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await readAll(incoming);
      const isAppend = incoming.url?.includes('/rows') === true;
      const status = isAppend ? waiting.shift() : undefined;
      if (status !== undefined) {
        const text = textOf(body);
        // Even where a code is expected.
        const code = `${NUMBER_PREFIX}${idsIn(text)[0] ?? '0000'}`;
        outgoing.writeHead(status, {
          'content-type': 'application/json',
          'retry-after': '0',
          'x-echo': code,
        });
        outgoing.end(JSON.stringify({ code, message: text, next_continuation_token: { text }, error: text }));
        return;
      }
      const { method, headers, url = '/' } = incoming;
      const forward = request(new URL(url, endpoint), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forward.on('error', () => outgoing.destroy());
      forward.end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    echo: (statuses) => {
      waiting = [...statuses];
    },
    left: () => waiting.length,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Node 20 has gzip alone, and a collector uses what it has. */
function textOf(body: Buffer): string {
  try {
    return gunzipSync(body).toString('utf8');
  } catch {
    return body.toString('latin1');
  }
}
