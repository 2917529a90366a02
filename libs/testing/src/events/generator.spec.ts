import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createEventGenerator } from './generator';
import { NO_TROUBLE, REALISTIC } from './rates';

const START = Date.UTC(2026, 0, 1);

function take(
  count: number,
  stream: Parameters<typeof createEventGenerator>[0]['stream'],
  seed: number,
  rates = {},
) {
  let now = START;
  const next = createEventGenerator({ stream, seed, partitions: 6, now: () => now++, rates });
  return Array.from({ length: count }, next);
}

describe('the event generator', () => {
  it.each(['orders', 'auth', 'consents', 'encounters', 'claims', 'shipments', 'visits'] as const)(
    'gives the same bytes for the same seed: %s',
    (stream) => {
      expect(take(500, stream, 7, REALISTIC)).toEqual(take(500, stream, 7, REALISTIC));
      expect(take(500, stream, 7)).not.toEqual(take(500, stream, 8));
    },
  );

  it.each([
    ['orders', 'bff96b3d4f53d506'],
    ['auth', '4670ab15a910d8c5'],
  ] as const)('gives these bytes on every machine: %s', (stream, golden) => {
    const hash = createHash('sha256');
    for (const { key, value, partition } of take(1_000, stream, 1, REALISTIC)) {
      hash
        .update(key)
        .update(value ?? 'tombstone')
        .update(String(partition));
    }
    expect(hash.digest('hex').slice(0, 16)).toBe(golden);
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

  it('has customers who are patients, with the same e-mail address in both streams', () => {
    const emails = (stream: 'orders' | 'encounters', of: 'customer' | 'patient'): ReadonlySet<string> =>
      new Set(
        take(2_000, stream, 4).map(
          ({ value }) =>
            (JSON.parse(String(value)) as Record<typeof of, { readonly email: string }>)[of].email,
        ),
      );
    const customers = emails('orders', 'customer');
    const shared = [...emails('encounters', 'patient')].filter((email) => customers.has(email));
    expect(shared.length).toBeGreaterThan(50);
    expect(shared.length).toBeLessThan(150);
  });

  it('follows a shipment to the door or back, and moves its promise only where something came between', () => {
    const lives = new Map<string, { readonly event_type: string; readonly promised_at: string }[]>();
    for (const { key, value } of take(6_000, 'shipments', 3))
      lives.set(key.toString(), [
        ...(lives.get(key.toString()) ?? []),
        JSON.parse(value?.toString() ?? '{}') as { event_type: string; promised_at: string },
      ]);
    const ends = [...lives.values()].map((life) => life.at(-1)?.event_type);
    for (const end of ['shipment.delivered', 'shipment.returned'])
      expect(ends.filter((one) => one === end).length).toBeGreaterThan(20);
    for (const life of lives.values()) {
      expect(life[0]?.event_type).toBe('shipment.created');
      const moved = new Set(life.map((event) => event.promised_at)).size - 1;
      expect(moved).toBe(life.filter((event) => event.event_type === 'shipment.exception').length);
    }
  });

  it('brings every trouble at about its rate, and no newline', () => {
    const rates = Object.fromEntries(Object.keys(NO_TROUBLE).map((name) => [name, 0.05]));
    const events = take(20_000, 'orders', 5, rates);
    const texts = events.map(({ value }) => value?.toString('utf8'));
    const aboutOneIn20 = (matching: (text: string | undefined) => boolean): void => {
      const count = texts.filter(matching).length;
      expect(count).toBeGreaterThan(700);
      expect(count).toBeLessThan(1_200);
    };
    aboutOneIn20((text) => text === undefined);
    aboutOneIn20((text) => text?.includes('"99.0.0"') === true);
    aboutOneIn20((text) => text?.includes('"experiment"') === true);
    aboutOneIn20((text) => text?.includes('"see ') === true);
    aboutOneIn20((text) => text !== undefined && isLate(text, 2, 24));
    aboutOneIn20((text) => text !== undefined && isLate(text, 24, 72));
    const seen = new Set<unknown>();
    aboutOneIn20((text) => text !== undefined && seen.size === seen.add(text).size);
    expect(events.some(({ value }) => value?.includes(0x0a) === true)).toBe(false);
  });

  it('spoils a record in each of the ways', () => {
    const spoiled = take(500, 'orders', 6, { bad: 1 }).map(({ value }) => value ?? Buffer.alloc(0));
    const reasons = spoiled.map(reasonOf);
    expect(new Set(reasons)).toEqual(
      new Set(['not_utf8', 'not_json', 'wrong_type', 'missing_field', 'duplicate_key']),
    );
  });

  it('hides what looks personal where none belongs', () => {
    const texts = take(200, 'orders', 7, { phiInOddPlaces: 1 }).map(({ value }) => value?.toString() ?? '');
    for (const place of ['"coupon":"see ', '"sku":"see ', '"comment":"see ']) {
      expect(texts.some((text) => text.includes(place))).toBe(true);
    }
    for (const kind of [
      /see (?:078-05-1120|219-09-9999)"/,
      /see lost\.\d+@example\.org"/,
      /see \+1-202-555-01\d\d"/,
    ]) {
      expect(texts.some((text) => kind.test(text))).toBe(true);
    }
  });
});

function isLate(text: string, leastHours: number, mostHours: number): boolean {
  const [happened, sent] = ['event_ts', 'sent_at'].map((name) =>
    Date.parse(new RegExp(`"${name}":"([^"]+)"`).exec(text)?.[1] ?? ''),
  ) as [number, number];
  const hours = (sent - happened) / 3_600_000;
  return hours > leastHours && hours < mostHours;
}

function reasonOf(value: Buffer): string {
  if (!isUtf8(value)) return 'not_utf8';
  const text = value.toString('utf8');
  try {
    const event = JSON.parse(text) as Record<string, unknown>;
    if (typeof event.region !== 'string') return 'wrong_type';
    if (event.event_ts === undefined) return 'missing_field';
    return text.split('"region":').length === 3 ? 'duplicate_key' : 'nothing';
  } catch {
    return 'not_json';
  }
}
