import { ManualClock } from '@das/testing';
import { Pacer } from './pacer';

/** When each of these turns came, in milliseconds from the first. */
async function times(limits: ConstructorParameters<typeof Pacer>[1], sizes: readonly number[]) {
  const clock = new ManualClock();
  const start = clock.now();
  const pacer = new Pacer(clock, limits);
  const taken: number[] = [];
  void (async () => {
    for (const size of sizes) {
      await pacer.turn(size);
      taken.push(clock.now() - start);
    }
  })();
  for (let ms = 0; ms < 5_000; ms += 10) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(10);
  }
  return taken;
}

describe('pacing', () => {
  it('keeps to the requests per second', async () => {
    const taken = await times({ requestsPerSecond: 10, bytesPerSecond: 1e9 }, [1, 1, 1, 1]);
    expect(taken).toEqual([0, 100, 200, 300]);
  });

  it('keeps to the bytes per second: a large append delays the next one', async () => {
    const taken = await times({ requestsPerSecond: 10, bytesPerSecond: 20_000_000 }, [4_000_000, 1, 1]);
    expect(taken).toEqual([0, 200, 300]);
  });

  it('does not save up for a burst', async () => {
    const clock = new ManualClock();
    const pacer = new Pacer(clock, { requestsPerSecond: 10, bytesPerSecond: 1e9 });
    await pacer.turn(1);
    clock.advance(10_000);
    await pacer.turn(1);
    let second = false;
    void pacer.turn(1).then(() => (second = true));
    clock.advance(99);
    await new Promise((resolve) => setImmediate(resolve));
    expect(second).toBe(false);
    clock.advance(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(second).toBe(true);
  });
});
