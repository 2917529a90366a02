import type { Failure } from '@das/pipeline';
import { ChannelInvalidated } from '@das/pipeline';
import type { SnowpipeObserver } from './observer';
import { RestClient } from './rest-client';
import { DEFAULT_LIMITS, type SnowpipeLimits, type SnowpipeSettings } from './settings';
import { ImpatientClock } from './testing/impatient-clock';
import { ScriptedService, type Reply } from './testing/scripted-service';
import { testSettings } from './testing/test-settings';

type Finished = Parameters<SnowpipeObserver['requestFinished']>[0];

let service: ScriptedService;
let clock: ImpatientClock;
let finished: Finished[];
const clients: RestClient[] = [];

beforeEach(async () => {
  service = await ScriptedService.start();
  clock = new ImpatientClock();
  finished = [];
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await service.stop();
});

function connect(settings: Partial<SnowpipeSettings> = {}, limits: Partial<SnowpipeLimits> = {}): RestClient {
  const observer = { requestFinished: (request: Finished) => finished.push(request) };
  const client = new RestClient(
    { ...testSettings, accountUrl: service.url, ...settings },
    { ...DEFAULT_LIMITS, ...limits },
    clock,
    observer,
  );
  clients.push(client);
  return client;
}

const rows = (text: string): Uint8Array => Buffer.from(text);
const tokens = (continuation: string) => ({ continuation, start: '1~a', end: '2~b' });

/** What an append ends in after these answers. */
async function appendAnswered(...replies: readonly Reply[]): Promise<unknown> {
  const client = connect();
  const { continuation } = await client.open('c');
  service.answer('append', ...replies);
  return client.append('c', rows('{}\n'), tokens(continuation)).catch((thrown: unknown) => thrown);
}

describe('the way to a channel', () => {
  it('is host, scoped token, opening, appends that are chained', async () => {
    const client = connect();
    const { continuation, status } = await client.open('coll__s__1__0');
    expect(status).toEqual({ code: 'SUCCESS', committedToken: undefined, rowsRejected: 0 });
    const next = await client.append('coll__s__1__0', rows('{"A":1}\n'), tokens(continuation));
    await client.append('coll__s__1__0', rows('{"A":2}\n'), tokens(next));

    expect(service.requests.map(({ operation }) => operation)).toEqual([
      'hostname',
      'token',
      'open',
      'append',
      'append',
    ]);
    const [host, token, open, append] = service.requests;
    expect(host?.headers['x-snowflake-authorization-token-type']).toBe('KEYPAIR_JWT');
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      scope: `127.0.0.1:${service.port}`,
    });
    expect(open?.headers.authorization).toBe('Bearer scoped-1');
    expect(open?.path).toBe('/v2/streaming/databases/DB/schemas/S/pipes/T-STREAMING/channels/coll__s__1__0');
    expect(append?.path).toBe(
      '/v2/streaming/data/databases/DB/schemas/S/pipes/T-STREAMING/channels/coll__s__1__0/rows',
    );
    expect(append?.body).toBe('{"A":1}\n');
    expect(Object.fromEntries(append?.query ?? [])).toMatchObject({
      continuationToken: '1.0',
      startOffsetToken: '1~a',
      endOffsetToken: '2~b',
    });
  });

  it('asks for host and token once, however many ask', async () => {
    const client = connect();
    await Promise.all(['a', 'b', 'c'].map((name) => client.open(name)));
    expect([service.of('hostname').length, service.of('token').length]).toEqual([1, 1]);
  });

  it('takes plain text for host and token', async () => {
    service.host = `127.0.0.1:${service.port}`;
    service.answer('token', { status: 200, body: 'plain-token\n' });
    await connect().open('c');
    expect(service.of('open')[0]?.headers.authorization).toBe('Bearer plain-token');
  });

  it('asks for the host again after it could not be had', async () => {
    const client = connect();
    service.answer('hostname', { status: 400 });
    await expect(client.open('c')).rejects.toMatchObject({ kind: 'unknown' });
    await expect(client.open('c')).resolves.toBeDefined();
  });

  it('encodes every name', async () => {
    await connect({ schema: 'a b/c', pipe: '"T"?' }).open('x/y');
    expect(service.of('open')[0]?.path).toMatch(/schemas\/a%20b%2Fc\/pipes\/%22T%22%3F\/channels\/x%2Fy$/);
  });

  it('sets the committed token where it is told to', async () => {
    const { status } = await connect().open('c', '9~f');
    expect(status.committedToken).toBe('9~f');
    expect(service.of('open')[0]?.body).toBe('{"offset_token":"9~f"}');
  });
});

describe('the same request again', () => {
  it.each([408, 429, 500, 503])('after %d, with its id and a higher count', async (status) => {
    expect(await appendAnswered({ status }, { status })).toBe('1.1');
    const appends = service.of('append');
    expect(appends.map(({ query }) => query.get('retryCount'))).toEqual([null, '1', '2']);
    expect(new Set(appends.map(({ query }) => query.get('requestId'))).size).toBe(1);
    expect(new Set(appends.map(({ body }) => body))).toEqual(new Set(['{}\n']));
    expect(appends[0]?.query.get('requestId')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('not before Retry-After', async () => {
    await appendAnswered({ status: 429, headers: { 'retry-after': '7' } });
    expect(clock.waits).toHaveLength(1);
    expect(clock.waits[0]).toBeGreaterThanOrEqual(7_000);
    expect(clock.waits[0]).toBeLessThan(7_100);
  });

  it('so many times, then the failure is transient', async () => {
    const busy = Array.from({ length: 9 }, () => ({ status: 503 }));
    expect(await appendAnswered(...busy)).toMatchObject({ kind: 'transient', code: 'http_503' });
    expect(service.of('append')).toHaveLength(DEFAULT_LIMITS.attempts);
  });

  it('when nobody answers, then the failure says where to look', async () => {
    const client = connect({}, { attempts: 3 });
    await client.open('c');
    await service.stop();
    await expect(client.statuses(['c'])).rejects.toMatchObject({
      kind: 'transient',
      code: 'endpoint_unreachable',
      cure: expect.stringContaining('SNOWFLAKE_ACCOUNT_URL') as unknown,
    });
    expect(finished.slice(-3).map(({ status, attempt }) => [status, attempt])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
  });

  it('when the answer does not come in time', async () => {
    const client = connect({}, { requestTimeoutMs: 100 });
    await client.open('c');
    service.answer('status', 'silence');
    await expect(client.statuses(['c'])).resolves.toBeDefined();
    expect(service.of('status')).toHaveLength(2);
  });
});

describe('an append whose answer was lost', () => {
  it('ends in a stale token when it was received: the channel is to be reopened, its token decides', async () => {
    const failure = await appendAnswered('lost-answer');
    expect(failure).toBeInstanceOf(ChannelInvalidated);
    expect(failure).toMatchObject({ code: 'stale_continuation_token_sequencer' });
    expect(service.of('append').map(({ query }) => query.get('retryCount'))).toEqual([null, '1']);
    expect(service.channel('c').received).toBe('2~b');
  });
});

describe('a refusal', () => {
  it.each([401, 403])('with %d renews the token and repeats, without reopening', async (status) => {
    expect(await appendAnswered({ status })).toBe('1.1');
    expect(service.of('append').map(({ headers }) => headers.authorization)).toEqual([
      'Bearer scoped-1',
      'Bearer scoped-2',
    ]);
    expect(service.of('open')).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  it('with 401 again is a matter of set-up', async () => {
    const failure = await appendAnswered({ status: 401 }, { status: 401 });
    expect(failure).toMatchObject({ kind: 'setup', code: 'not_authorised' });
    expect((failure as Failure).cure).toContain('SNOWFLAKE_PRIVATE_KEY_PATH');
  });

  it('of the JWT makes a new JWT, once', async () => {
    service.answer('token', { status: 401 }, { status: 401 });
    await expect(connect().open('c')).rejects.toMatchObject({ kind: 'setup', code: 'not_authorised' });
    expect(service.of('token')).toHaveLength(2);
    expect(service.of('open')).toHaveLength(0);
  });

  it('with 409 makes the channel be reopened', async () => {
    const body = { code: 'ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER' };
    expect(await appendAnswered({ status: 409, body })).toBeInstanceOf(ChannelInvalidated);
    expect(service.of('append')).toHaveLength(1);
  });

  it('never brings the words of the service into the failure', async () => {
    const body = { code: 'row of Ann', message: 'Ann has a cold' };
    const failure = (await appendAnswered({ status: 400, body })) as Failure;
    expect(failure).toMatchObject({ kind: 'unknown', code: 'http_400' });
    expect(JSON.stringify([failure.line, failure.stack, failure.cause])).not.toContain('Ann');
  });
});

describe('an answer', () => {
  it('that is not as documented stops', async () => {
    expect(await appendAnswered({ status: 200, body: '<html>' })).toMatchObject({
      kind: 'unknown',
      code: 'answer_unreadable',
    });
  });

  it('that is too large is not read', async () => {
    const client = connect();
    service.answer('status', {
      status: 200,
      body: { channel_statuses: {}, pad: 'x'.repeat(9 * 1024 * 1024) },
    });
    await expect(client.statuses(['c'])).rejects.toMatchObject({ code: 'answer_unreadable' });
    expect(service.of('status')).toHaveLength(1);
  });
});

describe('compression', () => {
  const large = '{"A":"x"}\n'.repeat(1_000);
  const append = async (settings: Partial<SnowpipeSettings>, text: string) => {
    const client = connect(settings);
    const { continuation } = await client.open('c');
    await client.append('c', rows(text), tokens(continuation));
    const [sent] = service.of('append');
    expect(sent?.body).toBe(text);
    return {
      encoding: sent?.headers['content-encoding'],
      wire: finished.find(({ operation }) => operation === 'append')?.bytesSent,
    };
  };

  it('makes large bodies smaller', async () => {
    const { encoding, wire } = await append({ compression: 'gzip' }, large);
    expect(encoding).toBe('gzip');
    expect(wire).toBeLessThan(large.length / 10);
  });

  it('leaves small bodies as they are', async () => {
    expect(await append({ compression: 'gzip' }, '{}\n')).toEqual({ encoding: undefined, wire: 3 });
  });

  it('can be turned off', async () => {
    expect(await append({ compression: 'none' }, large)).toEqual({ encoding: undefined, wire: large.length });
  });
});

describe('statuses', () => {
  it('are asked for 500 at a time', async () => {
    const client = connect();
    await client.open('c1200');
    const names = Array.from({ length: 1_201 }, (_, index) => `c${index}`);
    expect([...(await client.statuses(names)).keys()]).toEqual(['c1200']);
    const sizes = service.of('status').map(({ body }) => {
      return (JSON.parse(body) as { channel_names: string[] }).channel_names.length;
    });
    expect(sizes).toEqual([500, 500, 201]);
  });
});

describe('dropping a channel', () => {
  it('is refused while rows are uncommitted', async () => {
    const client = connect();
    service.answer('drop', { status: 409, body: { code: 'ERR_CHANNEL_HAS_UNCOMMITTED_DATA' } });
    await expect(client.drop('c')).rejects.toMatchObject({
      kind: 'transient',
      code: 'err_channel_has_uncommitted_data',
    });
    expect(service.of('drop')[0]?.body).toBe('{"fail_on_uncommitted_rows":true}');
  });

  it('may be repeated', async () => {
    const client = connect();
    await client.open('c');
    await client.drop('c');
    service.answer('drop', {
      status: 404,
      body: { code: 'ERR_CHANNEL_DOES_NOT_EXIST_OR_IS_NOT_AUTHORIZED' },
    });
    await client.drop('c');
    expect(service.channels.has('c')).toBe(false);
  });
});

it('closing ends what waits, and what comes after', async () => {
  const client = connect();
  await client.open('c');
  service.answer('status', { status: 503, headers: { 'retry-after': '50' } });
  clock.after = () => () => undefined;
  const waiting = client.statuses(['c']);
  const ended = expect(waiting).rejects.toMatchObject({ code: 'sink_stopped' });
  while (finished.at(-1)?.status !== 503) await new Promise((resolve) => setImmediate(resolve));
  await client.close();
  await ended;
  await expect(client.open('c')).rejects.toMatchObject({ code: 'sink_stopped' });
  await client.close();
});
