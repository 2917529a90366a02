import type { Random } from '../events/random';
import type { WorldRates } from './world-rates';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Gives events their times, wrong ones included; as text, for that is what a producer writes. */
export class EventTimes {
  private readonly lastOfKey = new Map<string, string>();

  constructor(
    private readonly random: Random,
    private readonly rates: WorldRates,
  ) {}

  next(key: string, nowMs: number): string {
    const last = this.lastOfKey.get(key);
    const same = last !== undefined && this.random.chance(this.rates.sameTime);
    const text = same ? last : this.notation(this.happenedMs(nowMs));
    this.lastOfKey.set(key, text);
    return text;
  }

  private happenedMs(nowMs: number): number {
    const { random, rates } = this;
    if (random.chance(rates.clockAhead)) {
      // A minute is still right, a millisecond more is not.
      return nowMs + random.pick([MINUTE_MS, MINUTE_MS + 1, 5 * MINUTE_MS, 3 * HOUR_MS, 400 * 24 * HOUR_MS]);
    }
    if (random.chance(rates.late)) return nowMs - Math.floor((2 + random.next() * 20) * HOUR_MS);
    if (random.chance(rates.behind)) return nowMs - random.below(20 * MINUTE_MS);
    return nowMs - random.below(400);
  }

  private notation(ms: number): string {
    const iso = new Date(ms).toISOString();
    if (!this.random.chance(this.rates.otherNotation)) return iso;
    switch (this.random.below(3)) {
      case 0:
        return `${iso.slice(0, 19)}Z`;
      case 1:
        return `${iso.slice(0, 23)}${String(this.random.below(1_000)).padStart(3, '0')}Z`;
      default:
        return `${new Date(ms + 2 * HOUR_MS).toISOString().slice(0, 23)}+02:00`;
    }
  }
}
