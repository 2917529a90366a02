import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsFront } from './aws-front';

/** What goes wrong with a request. */
export type AwsFault =
  /** It is refused as too much: nothing was done. */
  | 'refuse'
  /** It is carried out, and nobody hears of it: the SDK asks once more. */
  | 'lose-answer'
  /** It is carried out, and the connection breaks in the middle of the answer's body. */
  | 'cut'
  /** It takes a second longer. */
  | 'slow';

const SLOW_MS = 1_000;

/** Passes requests on to S3, SQS and DynamoDB, or fails them as it is told to; it can be away. */
export class FaultyAws extends AwsFront {
  private waiting: { readonly operations: readonly string[]; readonly fault: AwsFault }[] = [];
  /** Requests that a fault struck. */
  struck = 0;

  /** The next requests of these operations (of S3: methods) fail so, one each. */
  failNext(operations: readonly string[], fault: AwsFault, times: number): void {
    for (let count = 0; count < times; count++) this.waiting.push({ operations, fault });
  }

  /** Forgets the faults that have not struck. */
  clear(): void {
    this.waiting = [];
  }

  protected async answer(
    request: IncomingMessage,
    operation: string,
    body: Buffer,
  ): Promise<string | Response> {
    switch (this.faultFor(operation)) {
      case 'refuse':
        return request.headers['x-amz-target'] === undefined ? slowDown() : 'ThrottlingException';
      case 'lose-answer':
        await this.forward(request, body);
        throw new Error('the answer is lost');
      case 'cut':
        return cut(await this.forward(request, body));
      case 'slow':
        await sleep(SLOW_MS);
        return this.forward(request, body);
      case undefined:
        return this.forward(request, body);
    }
  }

  private faultFor(operation: string): AwsFault | undefined {
    const index = this.waiting.findIndex(({ operations }) => operations.includes(operation));
    if (index < 0) return undefined;
    this.struck++;
    return this.waiting.splice(index, 1)[0]?.fault;
  }
}

/** As S3 says it, which speaks XML. */
function slowDown(): Response {
  const text = '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>a-raw-message</Message></Error>';
  return new Response(text, { status: 503, headers: { 'content-type': 'application/xml' } });
}

/** Half of the body, and no more. */
async function cut(whole: Response): Promise<Response> {
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) throw new Error('the connection breaks');
      sent = true;
      controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)));
    },
  });
  let sent = false;
  return new Response(body, { status: whole.status, headers: whole.headers });
}
