import { Failure, type ChannelStatus } from '@das/pipeline';
import type { Operation } from './observer';

export interface RemoteStatus extends ChannelStatus {
  /** `SUCCESS`, `ACTIVE`, or an `ERR_…` code. */
  readonly code: string;
}

/** What of the documented answers is read; nothing of it is taken on trust. */
export interface Answer {
  readonly next_continuation_token?: unknown;
  readonly channel_status?: unknown;
  readonly channel_statuses?: unknown;
}

interface WireStatus {
  readonly channel_status_code?: unknown;
  readonly last_committed_offset_token?: unknown;
  readonly rows_error_count?: unknown;
  /** The same under the name of another page of the documentation. */
  readonly rows_errors?: unknown;
}

/** @throws Failure unknown for anything but a JSON object */
export function readAnswer(text: string, operation: Operation): Answer {
  const json = parseJson(text);
  if (!isObject(json)) throw unreadable(operation);
  return json;
}

/** @throws Failure unknown */
export function readContinuation({ next_continuation_token: token }: Answer, operation: Operation): string {
  if (typeof token === 'string' && token !== '') return token;
  throw unreadable(operation);
}

/** @throws Failure unknown */
export function readStatus(wire: unknown, operation: Operation): RemoteStatus {
  if (!isObject(wire)) throw unreadable(operation);
  const { channel_status_code: code, last_committed_offset_token: token, ...counts }: WireStatus = wire;
  const rowsRejected = Number(counts.rows_error_count ?? counts.rows_errors ?? 0);
  if (!isCode(code) || !Number.isSafeInteger(rowsRejected)) throw unreadable(operation);
  return {
    code,
    committedToken: typeof token === 'string' && token !== '' ? token : undefined,
    rowsRejected,
  };
}

/**
 * One status for each name that was asked for and is known. The service folds the case of channel names, so
 * its answer may spell one differently.
 * @throws Failure unknown
 */
export function readStatuses(answer: Answer, names: readonly string[]): Map<string, RemoteStatus> {
  const { channel_statuses: statuses } = answer;
  if (!isObject(statuses)) throw unreadable('status');
  const exact = new Map(Object.entries(statuses));
  const folded = new Map([...exact].map(([name, status]) => [name.toUpperCase(), status]));
  const found = new Map<string, RemoteStatus>();
  for (const name of names) {
    const status = exact.get(name) ?? folded.get(name.toUpperCase());
    if (status !== undefined) found.set(name, readStatus(status, 'status'));
  }
  return found;
}

/**
 * One word, such as a host name or a token: some pages document the answer as JSON, others as plain text.
 * @throws Failure unknown
 */
export function readWord(text: string, operation: Operation, names: readonly string[]): string {
  const json = parseJson(text);
  const candidates = isObject(json) ? names.map((name) => json[name]) : [json ?? text.trim()];
  const word = candidates.find((value) => typeof value === 'string' && /^[!-~]{1,16384}$/.test(value));
  if (typeof word === 'string') return word;
  throw unreadable(operation);
}

/** The code of a refusal, if it looks like one: anything else might quote what was sent. */
export function readCode(text: string): string | undefined {
  const json = parseJson(text);
  return isObject(json) && isCode(json.code) ? json.code : undefined;
}

export function unreadable(operation: Operation): Failure {
  return new Failure('unknown', 'answer_unreadable', `the answer to ${operation} is not as documented`, {
    cure: 'see that SNOWFLAKE_ACCOUNT_URL leads to Snowflake and not to a proxy',
  });
}

/** Words alone: no documented code has a digit, and what else has one might be somebody's number. */
function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z][A-Z_]{2,79}$/.test(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
