import { setTimeout as sleep } from 'node:timers/promises';
import { SessionPool } from './session-pool';

function poolOf(most: number) {
  const opened: number[] = [];
  const closed: number[] = [];
  const pool = new SessionPool<number>(
    {
      open: async () => {
        opened.push(opened.length + 1);
        return opened.length;
      },
      close: async (session) => {
        closed.push(session);
      },
    },
    most,
  );
  return { pool, opened, closed };
}

describe('a pool of sessions', () => {
  it('opens as many as are in use at once, and no more than it may', async () => {
    const { pool, opened } = poolOf(2);
    const first = await pool.take(undefined);
    await pool.giveBack(first, true);
    const [a, b] = [await pool.take(undefined), await pool.take(undefined)];
    expect([a, b, opened]).toEqual([1, 2, [1, 2]]);
    const waiting = pool.take(undefined);
    expect(await Promise.race([waiting, sleep(20, 'waits')])).toBe('waits');
    await pool.giveBack(b, true);
    expect(await waiting).toBe(2);
  });

  it('serves in line whoever still waits', async () => {
    const { pool } = poolOf(1);
    const only = await pool.take(undefined);
    const interruption = new AbortController();
    const left = pool.take(interruption.signal);
    const second = pool.take(undefined);
    interruption.abort();
    await expect(left).rejects.toMatchObject({ code: 'interrupted' });
    await pool.giveBack(only, true);
    expect(await second).toBe(1);
  });

  it('does not hand a broken session out again', async () => {
    const { pool, closed } = poolOf(1);
    await pool.giveBack(await pool.take(undefined), false);
    expect([await pool.take(undefined), closed]).toEqual([2, [1]]);
  });

  it('frees the place of a session that could not be opened', async () => {
    let tries = 0;
    const pool = new SessionPool<number>(
      {
        open: async () => {
          if (++tries === 1) throw new Error('no');
          return tries;
        },
        close: async () => undefined,
      },
      1,
    );
    await expect(pool.take(undefined)).rejects.toThrow('no');
    expect(await pool.take(undefined)).toBe(2);
  });

  it('closes everything, what is in use once it is given back', async () => {
    const { pool, closed } = poolOf(2);
    const [a, b] = [await pool.take(undefined), await pool.take(undefined)];
    await pool.giveBack(b, true);
    await pool.close();
    await pool.giveBack(a, true);
    expect(closed).toEqual([2, 1]);
    await expect(pool.take(undefined)).rejects.toThrow(/closed/);
  });
});
