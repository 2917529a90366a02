import { createEventGenerator } from './generator';
import { REALISTIC } from './rates';

const START = Date.UTC(2026, 0, 1);

function take(count: number, stream: 'orders' | 'auth', seed: number, rates = {}) {
  let now = START;
  const next = createEventGenerator({ stream, seed, partitions: 6, now: () => now++, rates });
  return Array.from({ length: count }, next);
}

describe('the event generator', () => {
  it.each(['orders', 'auth'] as const)('gives the same bytes for the same seed: %s', (stream) => {
    expect(take(500, stream, 7, REALISTIC)).toEqual(take(500, stream, 7, REALISTIC));
    expect(take(500, stream, 7)).not.toEqual(take(500, stream, 8));
  });

  it('keeps a key on one partition and uses all of them', () => {
    const events = take(2_000, 'orders', 1);
    const byKey = new Map(events.map(({ key, partition }) => [key.toString(), partition]));
    for (const { key, partition } of events) expect(byKey.get(key.toString())).toBe(partition);
    expect(new Set(byKey.values()).size).toBe(6);
  });

  it('makes order events of about 600 bytes', () => {
    const sizes = take(2_000, 'orders', 1).map(({ value }) => value?.length ?? 0);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean).toBeGreaterThan(500);
    expect(mean).toBeLessThan(700);
  });

  it('follows an order from creation on', () => {
    const states = new Map<string, string[]>();
    for (const { key, value } of take(3_000, 'orders', 3)) {
      const { event_type: type } = JSON.parse(value?.toString() ?? '{}') as { event_type: string };
      states.set(key.toString(), [...(states.get(key.toString()) ?? []), type]);
    }
    for (const history of states.values()) expect(history[0]).toBe('order.created');
    expect(
      [...states.values()].some((history) => history.join() === 'order.created,order.paid,order.shipped'),
    ).toBe(true);
  });

  it('brings every trouble at about its rate, and no newline', () => {
    const events = take(20_000, 'auth', 5, { ...REALISTIC, tombstones: 0.05, unknownVersion: 0.05 });
    const tombstones = events.filter(({ value }) => value === null).length;
    expect(tombstones).toBeGreaterThan(800);
    expect(tombstones).toBeLessThan(1_200);
    const unknown = events.filter(({ value }) => value?.includes('"99.0.0"') === true).length;
    expect(unknown).toBeGreaterThan(700);
    expect(events.some(({ value }) => value?.includes(0x0a) === true)).toBe(false);
  });
});
