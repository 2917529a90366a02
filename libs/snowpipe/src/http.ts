import { randomUUID } from 'node:crypto';
import { Failure, type Clock } from '@das/pipeline';
import { Agent, request } from 'undici';
import { readCode, unreadable } from './answers';
import type { Operation, SnowpipeObserver } from './observer';
import { isTransient, reactTo } from './reactions';
import { readRetryAfter, retryWaitMs } from './retry';
import type { SnowpipeLimits } from './settings';

/** An answer larger than this is not one that a collector asked for. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

export interface Call {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Asked for before every try, so that a renewed token is used at once. */
  readonly authorise: () => Promise<Authorisation>;
}

export interface Authorisation {
  readonly token: string;
  /** Called when the service refuses the token. */
  readonly drop: () => void;
}

interface Answer {
  /** 0: none came. */
  readonly status: number;
  /** undefined: more than a collector asked for. */
  readonly text: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** Sends requests, the same one again where that may help: its id is kept and its `retryCount` grows. */
export class HttpClient {
  private readonly agent = new Agent({ keepAliveTimeout: 30_000, connections: 64 });
  /** What waits before its next try. */
  private readonly waiting = new Set<() => void>();
  private closed = false;

  constructor(
    private readonly limits: SnowpipeLimits,
    private readonly clock: Clock,
    private readonly observer: SnowpipeObserver,
  ) {}

  /**
   * @returns the answer's text
   * @throws Failure; transient once the tries are used up
   */
  async send(call: Call): Promise<string> {
    const { operation } = call;
    const requestId = randomUUID();
    const startedMs = this.clock.now();
    let refreshed = false;
    for (let attempt = 0; ; attempt++) {
      const { token, drop } = await call.authorise();
      if (this.closed) throw new Failure('transient', 'sink_stopped', `${operation} after the sink stopped`);
      const { status, text, retryAfterMs, cause } = await this.try(call, requestId, attempt, token);
      if (status >= 200 && status < 300) {
        if (text === undefined) throw unreadable(operation);
        return text;
      }
      if (status === 401 || status === 403) {
        drop();
        // The token may have ended early: a new one is tried once, without a wait.
        if (!refreshed) {
          refreshed = true;
          continue;
        }
      } else if (status === 0 || isTransient(status)) {
        const elapsedMs = this.clock.now() - startedMs;
        const waitMs = retryWaitMs({ attempt, elapsedMs, retryAfterMs }, this.limits, Math.random());
        if (waitMs !== undefined) {
          await this.wait(waitMs);
          continue;
        }
      }
      if (status === 0) throw unreachable(operation, cause);
      throw reactTo(operation, { status, code: readCode(text ?? '') });
    }
  }

  /** What is under way fails. Idempotent. */
  async close(): Promise<void> {
    this.closed = true;
    for (const wake of this.waiting) wake();
    await this.agent.destroy();
  }

  private async try(call: Call, requestId: string, attempt: number, token: string): Promise<Answer> {
    const url = new URL(call.url);
    url.searchParams.set('requestId', requestId);
    if (attempt > 0) url.searchParams.set('retryCount', String(attempt));
    const startedMs = performance.now();
    let answer: Answer;
    try {
      const response = await request(url, {
        method: call.method,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(this.limits.requestTimeoutMs),
        headers: {
          accept: 'application/json',
          'user-agent': 'das-collector',
          authorization: `Bearer ${token}`,
          ...call.headers,
        },
        body: call.body ?? null,
      });
      answer = {
        status: response.statusCode,
        text: await readBounded(response.body),
        retryAfterMs: readRetryAfter(response.headers['retry-after'], this.clock.now()),
      };
    } catch (cause) {
      answer = { status: 0, text: undefined, cause };
    }
    this.observer.requestFinished({
      operation: call.operation,
      status: answer.status,
      seconds: (performance.now() - startedMs) / 1000,
      bytesSent: call.body?.length ?? 0,
      attempt,
    });
    return answer;
  }

  private async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        cancel();
        this.waiting.delete(wake);
        resolve();
      };
      const cancel = this.clock.after(ms, wake);
      this.waiting.add(wake);
    });
  }
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function unreachable(operation: Operation, cause: unknown): Failure {
  return new Failure(
    'transient',
    'endpoint_unreachable',
    `Snowpipe Streaming gave no answer to ${operation}`,
    {
      cure: 'see that SNOWFLAKE_ACCOUNT_URL is right and can be reached',
      cause,
    },
  );
}
