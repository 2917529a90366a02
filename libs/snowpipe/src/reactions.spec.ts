import { ChannelFenced, ChannelInvalidated } from '@das/pipeline';
import type { Operation } from './observer';
import { reactTo, reactToChannel } from './reactions';

const GONE = ['ERR_PIPE_DOES_NOT_EXIST_OR_NOT_AUTHORIZED', 'ERR_TABLE_DOES_NOT_EXIST_NOT_AUTHORIZED'];
const DISORDER = [
  'ERR_CHANNEL_HAS_INVALID_ROW_SEQUENCER',
  'ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER',
  'ERR_CHANNEL_MUST_BE_REOPENED',
  'ERR_CHANNEL_MUST_BE_REOPENED_DUE_TO_ROW_SEQ_GAP',
];

type Refused = [status: number, code: string | undefined];
const with400 = (code: string): Refused => [400, code];

/** `reopen`, or the kind and code of the Failure. */
function reaction(operation: Operation, status: number, code?: string): string {
  const failure = reactTo(operation, { status, code });
  return failure instanceof ChannelInvalidated ? 'reopen' : `${failure.kind} ${failure.code}`;
}

describe('a refused append', () => {
  it.each<Refused>([
    [400, 'STALE_CONTINUATION_TOKEN_SEQUENCER'],
    [409, undefined],
    [404, undefined],
    ...DISORDER.map(with400),
    ...GONE.flatMap((code): Refused[] => [with400(code), [404, code]]),
  ])('with %d %s makes the channel be reopened', (status, code) => {
    expect(reaction('append', status, code)).toBe('reopen');
  });

  it.each([
    [400, undefined, 'unknown http_400'],
    [400, 'ERR_SOMETHING_NEW', 'unknown err_something_new'],
    [302, undefined, 'unknown http_302'],
    [401, undefined, 'setup not_authorised'],
    [403, undefined, 'setup not_authorised'],
    [408, undefined, 'transient http_408'],
    [429, undefined, 'transient http_429'],
    [500, undefined, 'transient http_500'],
    [503, 'COMMITS_FAIL', 'transient commits_fail'],
    [413, undefined, 'setup append_too_large'],
    [415, undefined, 'setup compression_refused'],
  ])('with %d %s is %s', (status, code, expected) => {
    expect(reaction('append', status, code)).toBe(expected);
  });
});

describe('a channel that another client opened', () => {
  it('is told from one in disorder', () => {
    const isFenced = (status: number, code?: string): boolean =>
      reactTo('append', { status, code }) instanceof ChannelFenced;
    expect(isFenced(409)).toBe(true);
    expect(isFenced(409, 'ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER')).toBe(true);
    expect(isFenced(400, 'STALE_CONTINUATION_TOKEN_SEQUENCER')).toBe(false);
    expect(reactToChannel('ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER', 'polled')).toBeInstanceOf(
      ChannelFenced,
    );
    expect(reactToChannel('ERR_CHANNEL_MUST_BE_REOPENED', 'polled')).not.toBeInstanceOf(ChannelFenced);
  });
});

describe('a refused opening', () => {
  it.each<Refused>([[404, undefined], ...GONE.map(with400)])(
    'with %d %s is a matter of set-up, with a cure',
    (status, code) => {
      expect(reaction('open', status, code)).toBe('setup pipe_missing');
      expect(reactTo('open', { status, code }).cure).toContain('create the table');
    },
  );

  it.each<Refused>([[409, undefined], ...DISORDER.map(with400)])(
    'with %d %s is tried again, ownership proven',
    (status, code) => {
      expect(reaction('open', status, code)).toBe('reopen');
    },
  );
});

it.each([
  ['hostname', 404, 'setup account_missing'],
  ['token', 404, 'setup account_missing'],
  ['token', 400, 'setup not_authorised'],
  ['token', 401, 'setup not_authorised'],
  ['status', 404, 'setup pipe_missing'],
  ['status', 400, 'unknown http_400'],
  ['status', 500, 'transient http_500'],
] as const)('%s refused with %d is %s', (operation, status, expected) => {
  expect(reaction(operation, status)).toBe(expected);
});

it('names the settings to look at, and no value', () => {
  const { cure } = reactTo('append', { status: 401, code: undefined });
  for (const name of ['SNOWFLAKE_ACCOUNT', 'SNOWFLAKE_USER', 'SNOWFLAKE_PRIVATE_KEY_PATH'])
    expect(cure).toContain(name);
});

describe("a channel's status", () => {
  it.each(['SUCCESS', 'ACTIVE'])('%s is healthy', (code) => {
    expect(reactToChannel(code, 'polled')).toBeUndefined();
    expect(reactToChannel(code, 'opened')).toBeUndefined();
  });

  it.each([...DISORDER, ...GONE, 'SOMETHING_NEW'])('%s makes it be reopened', (code) => {
    expect(reactToChannel(code, 'polled')).toBeInstanceOf(ChannelInvalidated);
  });

  it.each(GONE)('%s is a matter of set-up when opening did not cure it', (code) => {
    expect(reactToChannel(code, 'opened')).toMatchObject({ kind: 'setup', code: 'pipe_missing' });
  });

  it.each(DISORDER)('%s is tried again when opening did not cure it', (code) => {
    expect(reactToChannel(code, 'opened')).toBeInstanceOf(ChannelInvalidated);
  });
});
