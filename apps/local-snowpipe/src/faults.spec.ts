import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HELP } from './options';
import { TestEndpoint, type Answer } from './testing/endpoint';

const row = (id: number): string => `{"ID":${id}}\n`;

describe('the faults', () => {
  let endpoint: TestEndpoint;
  beforeEach(async () => {
    endpoint = new TestEndpoint();
    await endpoint.start('--faults');
  });
  afterEach(async () => {
    await endpoint.end();
  });

  const commitFault = (fault: object): Promise<Answer> =>
    endpoint.call('POST', '/faults', JSON.stringify(fault));
  const seen = ({ status, json }: Answer): unknown[] => [status, json.code];
  const next = ({ json }: Answer): string => String(json.next_continuation_token);

  it.each([400, 409, 429, 500, 503])('refuse an append with %i, so often and no more', async (status) => {
    const first = await endpoint.opened('c');
    await commitFault({ kind: 'refuse', on: 'append', status, code: 'BUSY' });
    expect(seen(await endpoint.append('c', first, '1', row(1)))).toEqual([status, 'BUSY']);
    expect((await endpoint.append('c', first, '1', row(1))).status).toBe(200);
    expect(await endpoint.committed('c', '1')).toMatchObject({ rows_inserted: 1 });
  });

  it('do what an append asks, and lose the answer', async () => {
    const first = await endpoint.opened('c');
    await commitFault({ kind: 'drop-response', on: 'append' });
    await expect(endpoint.append('c', first, '1', row(1))).rejects.toThrow('fetch failed');
    expect(await endpoint.committed('c', '1')).toMatchObject({ rows_inserted: 1 });
  });

  it('lose the answer once the rows are committed', async () => {
    const first = await endpoint.opened('c');
    await commitFault({ kind: 'drop-response', on: 'append', after: 'commit' });
    await expect(endpoint.append('c', first, '1', row(1))).rejects.toThrow('fetch failed');
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: '1' });
  });

  it('are all named by --help', () => {
    const kinds = [
      ...readFileSync(join(__dirname, 'faults.ts'), 'utf8').matchAll(/z\.literal\('([a-z-]+)'\)/g),
    ];
    expect(kinds).toHaveLength(10);
    for (const [, kind] of kinds) expect(HELP).toContain(`{"kind":"${kind}"`);
  });

  it('slow a call down', async () => {
    await commitFault({ kind: 'slow', on: 'open', ms: 300 });
    const startedMs = performance.now();
    await endpoint.opened('c');
    expect(performance.now() - startedMs).toBeGreaterThan(290);
  });

  it('reject rows, whose token moves on without them', async () => {
    const first = await endpoint.opened('c');
    await commitFault({ kind: 'reject-rows', times: 2 });
    await endpoint.append('c', first, '3', row(1) + row(2) + row(3));
    expect(await endpoint.committed('c', '3')).toMatchObject({ rows_inserted: 1, rows_error_count: 2 });
    expect(await endpoint.query('SELECT ID::INT FROM t')).toEqual([[3]]);
  });

  it('withhold commits until they are cleared', async () => {
    const first = await endpoint.opened('c');
    await commitFault({ kind: 'withhold-commits' });
    await endpoint.append('c', first, '1', row(1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: null });
    expect((await endpoint.call('GET', '/faults')).json).toEqual({ pending: [{ kind: 'withhold-commits' }] });
    expect((await endpoint.call('DELETE', '/faults')).json).toEqual({ pending: [] });
    await endpoint.committed('c', '1');
  });

  it('fill the disk: what was received waits, and no more is taken, until there is room', async () => {
    const first = await endpoint.opened('c');
    await commitFault({ kind: 'withhold-commits' });
    const second = next(await endpoint.append('c', first, '1', row(1)));
    await commitFault({ kind: 'disk-full' });
    while (!endpoint.logged.some((line) => line.includes('ENOSPC'))) await new Promise(setImmediate);
    expect(seen(await endpoint.append('c', second, '2', row(2)))).toEqual([503, 'COMMITS_FAIL']);
    expect(await endpoint.status('c')).toMatchObject({ last_committed_offset_token: null });
    await endpoint.call('DELETE', '/faults');
    await endpoint.committed('c', '1');
  });

  it('make a continuation token stale', async () => {
    const first = await endpoint.opened('c');
    await commitFault({ kind: 'stale-sequencer', channel: 'c' });
    expect(seen(await endpoint.append('c', first, '1', row(1)))).toEqual([
      400,
      'STALE_CONTINUATION_TOKEN_SEQUENCER',
    ]);
    expect((await endpoint.append('c', await endpoint.opened('c'), '1', row(1))).status).toBe(200);
  });

  it('invalidate one channel: what it had received is gone, and its status says that it must be opened', async () => {
    const [first, other] = [await endpoint.opened('c'), await endpoint.opened('d')];
    await commitFault({ kind: 'withhold-commits' });
    await endpoint.append('c', first, '1', row(1));
    await commitFault({ kind: 'invalidate-channel', channel: 'c' });
    await endpoint.call('DELETE', '/faults');
    expect(await endpoint.status('c')).toMatchObject({
      channel_status_code: 'ERR_CHANNEL_MUST_BE_REOPENED',
      last_committed_offset_token: null,
    });
    await endpoint.append('d', other, '9', row(9));
    await endpoint.committed('d', '9');
    const again = await endpoint.append('c', await endpoint.opened('c'), '1', row(1));
    expect(next(again)).toBeDefined();
    expect(await endpoint.committed('c', '1')).toMatchObject({ channel_status_code: 'SUCCESS' });
  });

  it('lose a channel with its token, durably', async () => {
    const first = await endpoint.opened('c');
    await endpoint.append('c', first, '1', row(1));
    await endpoint.committed('c', '1');
    await commitFault({ kind: 'lose-channel' });
    expect(await endpoint.status('c')).toBeUndefined();
    await endpoint.stop();
    await endpoint.start();
    expect(await endpoint.status('c')).toBeUndefined();
  });

  it('expire every scoped token', async () => {
    await commitFault({ kind: 'expire-tokens' });
    expect((await endpoint.open('c')).status).toBe(401);
  });

  it('name what is wrong with a fault', async () => {
    expect((await commitFault({ kind: 'refuse', on: 'lunch', status: 500 })).json).toMatchObject({
      code: 'UNKNOWN_FAULT',
      message: expect.stringMatching(/^on: /) as string,
    });
    expect((await commitFault({ kind: 'slow', on: 'open', ms: 5, typo: 1 })).status).toBe(400);
    expect((await endpoint.call('PUT', '/faults')).status).toBe(405);
  });
});

it('takes no faults unless it was started to', async () => {
  const endpoint = new TestEndpoint();
  await endpoint.start();
  const answer = await endpoint.call('POST', '/faults', '{"kind":"disk-full"}');
  await endpoint.end();
  expect(answer.status).toBe(404);
});
