import { ChannelInvalidated, Failure } from '@das/pipeline';
import type { Operation } from './observer';

/** An answer that is not a success. The service's own words stay here: they may quote rows. */
export interface Refusal {
  readonly status: number;
  /** The service's code, where it sent one that looks like one. */
  readonly code: string | undefined;
}

/** Statuses of a channel that can go on. */
const HEALTHY = new Set(['SUCCESS', 'ACTIVE']);

/** Codes that say that something is not there, or not allowed, which the service does not tell apart. */
const NOT_THERE = /^ERR_(PIPE|TABLE|SCHEMA|DATABASE)_.*NOT_AUTHORIZED$/;

/** Statuses after which the same request is sent again. */
export function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** What to make of a refused request: the one table of the service's answers. */
export function reactTo(operation: Operation, { status, code }: Refusal): Failure {
  const name = code === undefined ? `http_${status}` : code.toLowerCase();
  const what = `Snowpipe Streaming refused ${operation} (${code ?? `HTTP ${status}`})`;
  if (status === 401 || status === 403) {
    return new Failure('setup', 'not_authorised', what, {
      cure: 'check SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER, SNOWFLAKE_PRIVATE_KEY_PATH and the grants of SNOWFLAKE_ROLE',
    });
  }
  if (isTransient(status)) return new Failure('transient', name, what);
  if (operation === 'append' || operation === 'open') {
    // Another writer, a stale continuation token, or a channel that wants to be reopened.
    if (status === 409 || code?.startsWith('ERR_CHANNEL_') === true)
      return new ChannelInvalidated(name, what);
    if (code === 'STALE_CONTINUATION_TOKEN_SEQUENCER') return new ChannelInvalidated(name, what);
  }
  if (operation === 'append' && (status === 404 || isNotThere(code)))
    return new ChannelInvalidated(name, what);
  if (status === 404 || isNotThere(code)) {
    return new Failure('setup', 'pipe_missing', what, {
      cure: 'create the table and its pipe from sql/bronze, and grant the collector’s role OPERATE on the pipe and INSERT on the table',
    });
  }
  return new Failure('unknown', name, what);
}

/** What to make of a channel's status; undefined: healthy. */
export function reactToChannel(statusCode: string): Failure | undefined {
  if (HEALTHY.has(statusCode)) return undefined;
  // Also for a pipe that is gone: reopening shows whether that is so, and fails as a matter of set-up then.
  return new ChannelInvalidated(statusCode.toLowerCase(), `the channel reports ${statusCode}`);
}

function isNotThere(code: string | undefined): boolean {
  return code !== undefined && NOT_THERE.test(code);
}
