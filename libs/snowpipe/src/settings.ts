import type { Clock } from '@das/pipeline';
import type { Compression } from './compression';
import type { SnowpipeObserver } from './observer';

/**
 * How to reach Snowpipe Streaming, and how hard to try. Every limit of the service is a setting. There is no
 * role: the documented token exchange has no place for one, so the user's default role is the one that acts.
 */
export interface SnowpipeSettings {
  /** `https://<account>.snowflakecomputing.com`; `http://` only to a loopback host. */
  readonly accountUrl: string;
  readonly account: string;
  readonly user: string;
  /** PKCS#8 PEM of the user's RSA key; a function is asked at each signing, so a key may be exchanged. */
  readonly privateKeyPem: string | (() => string);
  readonly database: string;
  readonly schema: string;
  /** A table's default pipe is `<TABLE>-STREAMING`. */
  readonly pipe: string;
  /** Default: `auto`. */
  readonly compression?: Compression;
  readonly clock?: Clock;
  readonly observer?: SnowpipeObserver;
  readonly limits?: Partial<SnowpipeLimits>;
}

export interface SnowpipeLimits {
  /** Uncompressed bytes of one append; the service takes 4 MB on the wire. */
  readonly maxAppendBytes: number;
  /** Per channel. */
  readonly requestsPerSecond: number;
  /** Uncompressed bytes per channel and second. */
  readonly bytesPerSecond: number;
  /** Between status polls while rows are uncommitted, and while none are. */
  readonly pollMs: number;
  readonly idlePollMs: number;
  /** Status polls that fail for this long fail the channels. */
  readonly pollPatienceMs: number;
  /** Tries of one request; none begins later than this after the first. */
  readonly attempts: number;
  readonly retryForMs: number;
  /** The longest wait between two tries that the service did not ask for. */
  readonly longestBackoffMs: number;
  /** Of one try, its answer included. */
  readonly requestTimeoutMs: number;
}

/** The service's documented limits where it has them (facts of 2026), else what a collector needs. */
export const DEFAULT_LIMITS: SnowpipeLimits = {
  maxAppendBytes: 4_000_000,
  requestsPerSecond: 10,
  bytesPerSecond: 20_000_000,
  pollMs: 200,
  idlePollMs: 5_000,
  pollPatienceMs: 60_000,
  attempts: 6,
  retryForMs: 60_000,
  longestBackoffMs: 5_000,
  requestTimeoutMs: 30_000,
};
