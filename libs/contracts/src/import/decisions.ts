import type { Fault, Path } from '../finding';

/** What the short form does not say: what only people can decide, and what was taken because it is safe. */
export class Decisions {
  readonly open: Fault[] = [];
  readonly assumed: Fault[] = [];

  /** Somebody has to say it. */
  leave(path: Path, message: string): void {
    this.open.push({ path, message });
  }

  /** The value, or where there is none an open decision and what stands in for it while others are looked for. */
  need<T>(value: T | undefined, meanwhile: T, path: Path, message: string): T {
    if (value !== undefined) return value;
    this.leave(path, message);
    return meanwhile;
  }

  /** The value, or the safe one, which is told. */
  or<T>(value: T | undefined, safe: T, path: Path, message: string): T {
    if (value !== undefined) return value;
    this.assumed.push({ path, message });
    return safe;
  }
}
