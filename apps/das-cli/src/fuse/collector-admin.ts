import { Failure } from '@das/pipeline';
import { UsageError } from '../usage-error';

const TIMEOUT_MS = 10_000;
const MIN_TOKEN_LENGTH = 16;
const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/** One partition's fuse, as a collector tells it. */
export interface FuseAnswer {
  readonly partition: string;
  readonly blown: boolean;
  readonly reason: string | null;
}

/** The administration of one running collector. */
export class CollectorAdmin {
  /** @throws UsageError for a URL that would carry the token in clear over a network */
  constructor(
    readonly url: string,
    private readonly token: string,
    private readonly signal: AbortSignal,
  ) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    const isSafe =
      parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && LOOPBACK.test(parsed.hostname));
    if (!isSafe) throw new UsageError('--url is no https URL, and not on loopback');
  }

  /** @throws Failure */
  async fuses(): Promise<readonly FuseAnswer[]> {
    const answer = await this.ask('/admin/fuse', { method: 'GET' });
    if (Array.isArray(answer) && answer.every(isFuseAnswer)) return answer;
    throw this.notACollector();
  }

  /** @returns the partitions whose fuse was blown. @throws Failure */
  async resetFuses(partition: string | undefined): Promise<readonly string[]> {
    const answer = await this.ask('/admin/fuse/reset', {
      method: 'POST',
      body: JSON.stringify({ partition }),
    });
    const { reset } = answer as { readonly reset?: unknown };
    if (Array.isArray(reset) && reset.every((id) => typeof id === 'string')) return reset;
    throw this.notACollector();
  }

  private async ask(
    path: string,
    init: { readonly method: string; readonly body?: string },
  ): Promise<unknown> {
    let response: Response;
    try {
      response = await fetch(new URL(path, this.url), {
        ...init,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
        redirect: 'error',
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
    } catch (cause) {
      throw new Failure('transient', 'collector_unreachable', `no collector answers at ${this.url}`, {
        cure: 'see that it runs, and that --url is the HOST and PORT it was given',
        cause,
      });
    }
    if (response.status === 401) {
      throw new Failure('setup', 'admin_refused', `${this.url} refuses the token`, {
        cure: 'give the DAS_ADMIN_TOKEN that the collector was started with',
      });
    }
    if (response.status === 404) {
      throw new Failure('setup', 'admin_off', `${this.url} has no administration`, {
        cure: 'start the collector with DAS_ADMIN_TOKEN',
      });
    }
    if (!response.ok) throw this.notACollector();
    return response.json().catch(() => {
      throw this.notACollector();
    });
  }

  private notACollector(): Failure {
    return new Failure('setup', 'not_a_collector', `what answers at ${this.url} is no collector`, {
      cure: 'check --url',
    });
  }
}

/** @throws Failure setup */
export function readAdminToken({ DAS_ADMIN_TOKEN: token = '' }: NodeJS.ProcessEnv): string {
  if (token.length >= MIN_TOKEN_LENGTH) return token;
  throw new Failure('setup', 'config', `DAS_ADMIN_TOKEN: ${token === '' ? 'is not set' : 'is too short'}`, {
    cure: 'give the token that the collector was started with',
  });
}

function isFuseAnswer(value: unknown): value is FuseAnswer {
  const { partition, blown, reason } = (value ?? {}) as Record<keyof FuseAnswer, unknown>;
  return (
    typeof partition === 'string' &&
    typeof blown === 'boolean' &&
    (typeof reason === 'string' || reason === null)
  );
}
