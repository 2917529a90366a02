import { randomUUID } from 'node:crypto';
import { Failure, type Clock } from '@das/pipeline';
import { Agent, request } from 'undici';
import type { Operation, SnowpipeObserver } from './observer';
import { isTransient, reactTo } from './reactions';
import type { SnowpipeLimits } from './settings';

/** An answer larger than this is not one that a collector asked for. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const FIRST_BACKOFF_MS = 100;

export interface Call {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST' | 'PUT';
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

/** Sends requests, the same one again where that may help: its id is kept and its `retryCount` grows. */
export class HttpClient {
  private readonly agent: Agent;

  constructor(
    private readonly limits: SnowpipeLimits,
    private readonly clock: Clock,
    private readonly observer: SnowpipeObserver,
  ) {
    this.agent = new Agent({
      headersTimeout: limits.requestTimeoutMs,
      bodyTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: 30_000,
      connections: 64,
    });
  }

  /**
   * @returns the answer's text
   * @throws Failure; transient once the tries are used up
   */
  async send(call: Call): Promise<string> {
    const requestId = randomUUID();
    let refused = 0;
    for (let attempt = 0; ; attempt++) {
      const authorisation = await call.authorise();
      const answer = await this.once(call, requestId, attempt, authorisation.token);
      if (answer.status >= 200 && answer.status < 300) return answer.text;
      if (answer.status === 401 || answer.status === 403) {
        // The token may have ended early: a new one is tried once.
        authorisation.drop();
        if (refused++ === 0) continue;
      } else if ((answer.status === 0 || isTransient(answer.status)) && attempt + 1 < this.limits.attempts) {
        await this.pause(attempt, answer.retryAfterMs);
        continue;
      }
      if (answer.status === 0) {
        throw new Failure(
          'transient',
          'endpoint_unreachable',
          `Snowpipe Streaming gave no answer to ${call.operation}`,
          {
            cure: 'see that SNOWFLAKE_ACCOUNT_URL is right and can be reached',
            cause: answer.cause,
          },
        );
      }
      throw reactTo(call.operation, { status: answer.status, code: codeOf(answer.text) });
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async once(call: Call, requestId: string, attempt: number, token: string): Promise<Answer> {
    const url = new URL(call.url);
    url.searchParams.set('requestId', requestId);
    if (attempt > 0) url.searchParams.set('retryCount', String(attempt));
    const startedMs = performance.now();
    let answer: Answer;
    try {
      const response = await request(url, {
        method: call.method,
        dispatcher: this.agent,
        headers: {
          accept: 'application/json',
          'user-agent': 'das-collector',
          authorization: `Bearer ${token}`,
          ...call.headers,
        },
        body: call.body ?? null,
      });
      const text = await readBounded(response.body);
      const retryAfter = Number(response.headers['retry-after']);
      answer = {
        status: response.statusCode,
        text,
        retryAfterMs: retryAfter >= 0 ? retryAfter * 1000 : undefined,
      };
    } catch (cause) {
      answer = { status: 0, text: '', retryAfterMs: undefined, cause };
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

  /** Exponential with full jitter, unless the service says how long. */
  private async pause(attempt: number, retryAfterMs: number | undefined): Promise<void> {
    const { longestBackoffMs } = this.limits;
    const ceiling = Math.min(longestBackoffMs, FIRST_BACKOFF_MS * 2 ** attempt);
    const ms =
      retryAfterMs === undefined ? Math.random() * ceiling : Math.min(retryAfterMs, longestBackoffMs);
    await new Promise<void>((resolve) => this.clock.after(ms, resolve));
  }
}

interface Answer {
  /** 0: none came. */
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
  readonly cause?: unknown;
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES) throw new Error('answer too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The service's code, if it looks like one: anything else might quote what was sent. */
function codeOf(text: string): string | undefined {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === 'string' && /^[A-Z0-9_]{3,80}$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}
