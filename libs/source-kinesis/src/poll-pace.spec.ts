import { PollPace } from './poll-pace';

function pace() {
  let now = 0;
  const made = new PollPace(
    { busy: 200, idle: 1_000 },
    () => 0.5,
    () => now,
  );
  return { made, pass: (ms: number) => (now += ms) };
}

describe('the pace of reads', () => {
  it('is quick while there are records, and slower while there are none', async () => {
    const { made } = pace();
    await made.turn();
    const waits = [false, false, false, false, false, true].map((more) => {
      made.answered(more);
      return made.dueMs;
    });
    expect(waits).toEqual([300, 450, 675, 1_000, 1_000, 200]);
  });

  it('is halved each time that it was too much, and quick again once it is not', async () => {
    const { made } = pace();
    await made.turn();
    const waits = Array.from({ length: 6 }, () => {
      made.throttled();
      return made.dueMs;
    });
    expect(waits).toEqual([500, 1_250, 3_125, 5_000, 5_000, 5_000]);
    made.answered(true);
    expect(made.dueMs).toBe(200);
  });

  it('counts from the read before, and gives turns one after another', async () => {
    const { made, pass } = pace();
    await made.turn();
    pass(150);
    expect(made.dueMs).toBe(50);
    const order: number[] = [];
    await Promise.all([1, 2].map(async (number) => made.turn().then(() => order.push(number))));
    expect(order).toEqual([1, 2]);
  });

  it('lets go of whoever does not want to read any more', async () => {
    const { made } = pace();
    await made.turn();
    const over = new AbortController();
    const waiting = made.turn(over.signal);
    over.abort();
    await waiting;
    expect(made.dueMs).toBe(200);
  });
});
