import { ChannelFenced, ChannelInvalidated, Failure } from '@das/pipeline';
import type { Operation } from './observer';

/** An answer that is not a success. The service's own words stay behind: they may quote rows. */
export interface Refusal {
  readonly status: number;
  /** The service's code, where it sent one that looks like one. */
  readonly code: string | undefined;
}

/** What is done about it. Every name but the first three and the last is a set-up failure's code. */
type Reaction =
  | 'again'
  | 'reopen'
  | 'fenced'
  | 'not_authorised'
  | 'account_missing'
  | 'pipe_missing'
  | 'append_too_large'
  | 'compression_refused'
  | 'stop';

/** Holds where all that it names holds. */
interface Rule {
  readonly on?: readonly Operation[];
  readonly status?: (status: number) => boolean;
  readonly code?: RegExp;
  readonly then: Reaction;
}

/** Statuses of a channel that can go on. */
const HEALTHY = new Set(['SUCCESS', 'ACTIVE']);
/** The service does not tell what is missing from what is not granted. */
const NOT_THERE = /^ERR_(PIPE|TABLE|SCHEMA|DATABASE)_.*NOT_AUTHORIZED$/;
/** Another client has opened the channel since. */
const FENCED = /^ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER$/;
const ON_CHANNEL: readonly Operation[] = ['open', 'append', 'drop'];
const ON_ACCOUNT: readonly Operation[] = ['hostname', 'token'];
const is =
  (...statuses: readonly number[]) =>
  (status: number) =>
    statuses.includes(status);

/** Statuses after which the same request is sent again. */
export const isTransient = (status: number): boolean => is(408, 429)(status) || status >= 500;

/** The one table of the service's refusals; the first rule that holds counts. */
const RULES: readonly Rule[] = [
  { status: is(401, 403), then: 'not_authorised' },
  { status: isTransient, then: 'again' },
  { on: ON_CHANNEL, code: FENCED, then: 'fenced' },
  { on: ['append'], status: is(409), then: 'fenced' },
  // An append that was received though its answer was lost, or a channel in disorder.
  { on: ON_CHANNEL, code: /^(STALE_CONTINUATION_TOKEN_SEQUENCER$|ERR_CHANNEL_)/, then: 'reopen' },
  { on: ON_CHANNEL, status: is(409), then: 'reopen' },
  // The pipe may have been replaced under the channel; if it is gone, opening says so.
  { on: ['append'], code: NOT_THERE, then: 'reopen' },
  { on: ['append'], status: is(404), then: 'reopen' },
  { on: ON_ACCOUNT, status: is(404), then: 'account_missing' },
  // The token exchange refuses a bad JWT with 400, as OAuth says.
  { on: ['token'], status: is(400), then: 'not_authorised' },
  { code: NOT_THERE, then: 'pipe_missing' },
  { status: is(404), then: 'pipe_missing' },
  { status: is(413), then: 'append_too_large' },
  { status: is(415), then: 'compression_refused' },
];

const CURES = {
  not_authorised:
    'check SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER, SNOWFLAKE_PRIVATE_KEY_PATH and the grants of the user’s default role',
  account_missing: 'check SNOWFLAKE_ACCOUNT_URL',
  pipe_missing:
    'create the table and its pipe from sql/, and grant the user’s default role OPERATE on the pipe and INSERT on the table',
  append_too_large: 'lower the limit of bytes per append',
  compression_refused: 'choose another compression',
} satisfies Partial<Record<Reaction, string>>;

/** What to make of a refused request. */
export function reactTo(operation: Operation, refusal: Refusal): Failure {
  const { status, code } = refusal;
  const rule = RULES.find(
    ({ on, status: holds, code: pattern }) =>
      (on?.includes(operation) ?? true) &&
      (holds?.(status) ?? true) &&
      (pattern === undefined || (code !== undefined && pattern.test(code))),
  );
  const name = code === undefined ? `http_${status}` : code.toLowerCase();
  const what = `Snowpipe Streaming refused ${operation} (${code ?? `HTTP ${status}`})`;
  return failure(rule?.then ?? 'stop', name, what);
}

/**
 * What to make of a channel's status; undefined: healthy. A missing pipe is a matter of reopening at first,
 * and of set-up where the channel was only just opened.
 */
export function reactToChannel(statusCode: string, when: 'opened' | 'polled'): Failure | undefined {
  if (HEALTHY.has(statusCode)) return undefined;
  return failure(reactionTo(statusCode, when), statusCode.toLowerCase(), `the channel reports ${statusCode}`);
}

function reactionTo(statusCode: string, when: 'opened' | 'polled'): Reaction {
  if (when === 'opened' && NOT_THERE.test(statusCode)) return 'pipe_missing';
  return FENCED.test(statusCode) ? 'fenced' : 'reopen';
}

function failure(reaction: Reaction, code: string, message: string): Failure {
  switch (reaction) {
    case 'again':
      return new Failure('transient', code, message);
    case 'reopen':
      return new ChannelInvalidated(code, message);
    case 'fenced':
      return new ChannelFenced(code, message);
    case 'stop':
      return new Failure('unknown', code, message);
    default:
      return new Failure('setup', reaction, message, { cure: CURES[reaction] });
  }
}
