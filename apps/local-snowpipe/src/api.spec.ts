import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestEndpoint } from './testing/endpoint';

const rows = (...ids: readonly number[]): string => ids.map((id) => `{"ID":${id}}\n`).join('');
const code = ({ json }: { json: Readonly<Record<string, unknown>> }): unknown => json.code;

describe('the protocol', () => {
  let endpoint: TestEndpoint;
  beforeEach(async () => {
    endpoint = new TestEndpoint();
    await endpoint.start();
  });
  afterEach(async () => {
    await endpoint.end();
  });

  it('commits what was appended, and finds its token again after a restart', async () => {
    const first = await endpoint.opened('c');
    const { json } = await endpoint.append('c', first, '1', rows(1));
    await endpoint.append('c', String(json.next_continuation_token), '2', gzipSync(rows(2, 3)), {
      'content-encoding': 'gzip',
    });
    await endpoint.committed('c', '2');
    await endpoint.stop();
    await endpoint.start();
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: '2' });
    expect(code(await endpoint.append('c', first, '3', rows(4)))).toBe('STALE_CONTINUATION_TOKEN_SEQUENCER');
    expect(await endpoint.query('SELECT ID::INT FROM t ORDER BY ID')).toEqual([[1], [2], [3]]);
  });

  it('takes an append once: the second needs the token that the first returned', async () => {
    const first = await endpoint.opened('c');
    await endpoint.append('c', first, '1', rows(1));
    const again = await endpoint.append('c', first, '1', rows(1));
    expect([again.status, code(again)]).toEqual([400, 'STALE_CONTINUATION_TOKEN_SEQUENCER']);
    await endpoint.committed('c', '1');
    expect(await endpoint.query('SELECT count(*)::INT FROM t')).toEqual([[1]]);
  });

  it('fences the earlier writer, whether it opened long ago or at the same moment', async () => {
    const earlier = await endpoint.opened('c');
    const both = await Promise.all([endpoint.opened('c'), endpoint.opened('c')]);
    const answers = await Promise.all(
      [earlier, ...both].map((token) => endpoint.append('c', token, '1', rows(1))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('sets the token that the client opens with, durably', async () => {
    await endpoint.opened('c', { offset_token: '41~x.y/z' });
    await endpoint.stop();
    await endpoint.start();
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: '41~x.y/z' });
    const next = await endpoint.opened('c');
    await endpoint.append('c', next, '42', rows(42));
    await endpoint.committed('c', '42');
    await endpoint.stop();
    await endpoint.start();
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: '42' });
  });

  it('forgets a dropped channel for good, and goes on with its name from the beginning', async () => {
    await endpoint.append('c', await endpoint.opened('c'), '9', rows(9));
    await endpoint.committed('c', '9');
    await endpoint.drop('c');
    expect(await endpoint.status('c')).toBeUndefined();
    await endpoint.stop();
    await endpoint.start();
    expect(await endpoint.status('c')).toBeUndefined();
    await endpoint.append('c', await endpoint.opened('c'), '1', rows(1));
    await endpoint.committed('c', '1');
    await endpoint.stop();
    await endpoint.start();
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: '1' });
    expect(await endpoint.query('SELECT ID::INT FROM t ORDER BY 1')).toEqual([[1], [9]]);
  });

  it('leaves out the rows that the table cannot take, counts them, and moves on', async () => {
    const bad = [
      '{"NAME":"no id"}',
      '{"ID":1,"OTHER":1}',
      '{"ID":1.5}',
      '{"ID":"x"}',
      'not json',
      '[1]',
      '{"ID":1,"TAGS":{}}',
      '{"ID":1,"OK":1}',
      '{"ID":1,"AT":"2026-02-30T00:00:00Z"}',
      '{"ID":1,"PAYLOAD":"\\ud800"}',
    ];
    const text = [...bad, '{"ID":7}', ''].join('\n');
    await endpoint.append(
      'c',
      await endpoint.opened('c'),
      '5',
      Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.from(text)]),
    );
    expect(await endpoint.committed('c', '5')).toMatchObject({
      rows_inserted: 1,
      rows_error_count: bad.length + 1,
      last_error_offset_upper_bound: '5',
    });
    expect(await endpoint.query('SELECT ID::INT FROM t')).toEqual([[7]]);
  });

  it('moves the token durably when no row of a chunk lands', async () => {
    await endpoint.append('c', await endpoint.opened('c'), '5', '{"NAME":"no id"}\n');
    const status = await endpoint.committed('c', '5');
    expect(status).toMatchObject({ rows_error_count: 1, last_error_message: 'ID is NOT NULL' });
    await endpoint.stop();
    await endpoint.start();
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: '5' });
  });

  it('keeps every digit and every space of what was sent', async () => {
    const payload = '{"n":12345678901234567890.10, "e" : 1e400,"text":"a\\u0041\\n\\"}]"}';
    const row = `{"ID":12345678901234567890,"NAME":"é\\n","PAYLOAD":${payload} ,"TAGS":[ 1.0,2],"AT":"2026-01-02T03:04:05.678901+02:00","OK":true}`;
    await endpoint.append('c', await endpoint.opened('c'), '1', row);
    await endpoint.committed('c', '1');
    expect(
      await endpoint.query(
        'SELECT ID::VARCHAR, NAME, PAYLOAD::VARCHAR, TAGS::VARCHAR, "AT"::VARCHAR, OK FROM t',
      ),
    ).toEqual([['12345678901234567890', 'é\n', payload, '[ 1.0,2]', '2026-01-02 01:04:05.678901+00', true]]);
    expect(await endpoint.query('SELECT typeof(ID), typeof(PAYLOAD), typeof("AT") FROM t')).toEqual([
      ['DECIMAL(20,0)', 'JSON', 'TIMESTAMP WITH TIME ZONE'],
    ]);
  });

  it('keeps what it cannot commit, says so, and commits it once when it can', async () => {
    const next = await endpoint.opened('c');
    // The disk refuses: a file is where a folder must be.
    const obstacle = join(endpoint.table, '_tmp');
    writeFileSync(obstacle, '');
    await endpoint.append('c', next, '1', rows(1));
    while (endpoint.logged.length === 0) await sleep(5);
    const refused = await endpoint.append('c', next, '2', rows(2));
    expect([refused.status, code(refused)]).toEqual([503, 'COMMITS_FAIL']);
    expect((await endpoint.open('d', { offset_token: '1' })).status).toBe(503);
    expect((await endpoint.open('c', { fail_on_uncommitted_rows: true })).status).toBe(409);
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: null });
    rmSync(obstacle);
    await endpoint.committed('c', '1');
    expect(endpoint.logged).toEqual([
      expect.stringMatching(/^cannot commit \((EEXIST|ENOTDIR)\)/),
      'commits work again',
    ]);
    expect(await endpoint.query('SELECT ID::INT FROM t')).toEqual([[1]]);
  });

  it('commits what it received before it stops', async () => {
    await endpoint.stop();
    await endpoint.start('--commit-ms', '60000');
    await endpoint.append('c', await endpoint.opened('c'), '1', rows(1));
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: null });
    expect(await endpoint.stop()).toBe(true);
    await endpoint.start();
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: '1' });
  });

  it.each([
    ['another table', '/v2/streaming/databases/DB/schemas/BRONZE/pipes/U-STREAMING/channels/c', 404],
    [
      'a name that is not well-formed',
      '/v2/streaming/databases/%ff/schemas/BRONZE/pipes/T-STREAMING/channels/c',
      400,
    ],
    [
      'a name too long for a file',
      `/v2/streaming/databases/DB/schemas/BRONZE/pipes/T-STREAMING/channels/${'x'.repeat(240)}`,
      400,
    ],
    ['the elastic append', '/v2/streaming/data/databases/DB/schemas/BRONZE/tables/T/rows', 501],
    ['a call that is none', '/v2/other', 404],
  ])('refuses %s', async (_, path, status) => {
    expect((await endpoint.call('PUT', path, '{}')).status).toBe(status);
  });

  it.each([
    ['more than 4 MB', Buffer.alloc(5 << 20, 'x'), {}, 413],
    [
      'what inflates to more than 64 MB',
      gzipSync(Buffer.alloc(65 << 20)),
      { 'content-encoding': 'gzip' },
      413,
    ],
    ['what is not gzip', 'x', { 'content-encoding': 'gzip' }, 400],
    ['an unknown encoding', 'x', { 'content-encoding': 'br' }, 415],
  ])('refuses a body of %s, and the chain goes on', async (_, body, headers, status) => {
    const next = await endpoint.opened('c');
    expect((await endpoint.append('c', next, '1', body, headers as Record<string, string>)).status).toBe(
      status,
    );
    expect((await endpoint.append('c', next, '1', rows(1))).status).toBe(200);
  });

  it('wants a token of its own', async () => {
    const headers = { authorization: 'Bearer x.y.z' };
    expect((await endpoint.call('GET', '/v2/streaming/hostname', undefined, headers)).status).toBe(401);
    const open = '/v2/streaming/databases/DB/schemas/BRONZE/pipes/T-STREAMING/channels/c';
    expect((await endpoint.call('PUT', open, '{}', headers)).status).toBe(401);
  });

  it('discards rows when it is told to, and keeps their tokens', async () => {
    await endpoint.stop();
    await endpoint.start('--discard');
    // Not even inflated.
    await endpoint.append('c', await endpoint.opened('c'), '1', 'no gzip', { 'content-encoding': 'gzip' });
    expect(await endpoint.committed('c', '1')).toMatchObject({ rows_error_count: 0 });
    await expect(endpoint.query('FROM t')).rejects.toThrow();
  });
});
