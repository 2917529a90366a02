import { Slots } from './slots';

describe('room for objects', () => {
  const { signal } = new AbortController();

  it('is given to one of those who wait for it, and not to all', async () => {
    const slots = new Slots(1);
    await slots.take(signal);
    const taken: number[] = [];
    const waiting = [1, 2, 3].map(async (who) => {
      if (await slots.take(signal)) taken.push(who);
    });
    for (const expected of [[1], [1, 2], [1, 2, 3]]) {
      slots.give();
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect([taken, slots.count]).toEqual([expected, 0]);
    }
    await Promise.all(waiting);
  });

  it('is waited for no longer than the signal says', async () => {
    const stop = new AbortController();
    const slots = new Slots(0);
    const waiting = Promise.all([slots.take(stop.signal), slots.room(stop.signal)]);
    stop.abort();
    expect(await waiting).toEqual([false, false]);
    slots.give();
    expect([slots.count, await slots.take(stop.signal)]).toEqual([1, false]);
  });
});
