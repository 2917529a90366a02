import { shortName } from './domains';
import type { FleetCounts } from './fleet';

const LINE_EVERY_MS = 2_000;
/** Of a line that says nothing new. */
const SAME_LINE_EVERY_MS = 20_000;
/** Commits come in lumps: a rate over less than this says little. */
const RATE_OVER_MS = 2_000;

/** One line that is rewritten on a terminal; elsewhere a line now and then, and seldom one that was there before. */
export class Progress {
  private lastLineMs = -Infinity;
  private lastLine = '';
  private readonly seen: { readonly ms: number; readonly committed: number }[] = [];

  constructor(private readonly out: NodeJS.WriteStream) {}

  show(produced: number, { committed, committedOf, dead, dropped, refined }: FleetCounts): void {
    const now = performance.now();
    const waiting = Math.max(0, produced - committed - dropped);
    const gold = refined === undefined ? '' : `  in GOLD ${count(refined)}`;
    const bronze = `${count(committed)}${partsOf(committedOf)}`;
    const line = `produced ${count(produced)}  in BRONZE ${bronze}${gold}  dead ${count(dead)}  waiting ${count(waiting)}  ${count(this.rate(now, committed))}/s`;
    // A line that wraps could not be rewritten.
    if (this.out.isTTY) this.out.write(`\r\u001b[K${line.slice(0, this.out.columns - 1)}`);
    else if (now - this.lastLineMs >= (line === this.lastLine ? SAME_LINE_EVERY_MS : LINE_EVERY_MS)) {
      this.lastLineMs = now;
      this.lastLine = line;
      this.out.write(`${line}\n`);
    }
  }

  /** Ends the line that is being rewritten. */
  end(): void {
    if (this.out.isTTY) this.out.write('\n');
  }

  private rate(ms: number, committed: number): number {
    this.seen.push({ ms, committed });
    while (this.seen[1] !== undefined && ms - this.seen[1].ms >= RATE_OVER_MS) this.seen.shift();
    const first = this.seen[0];
    if (first === undefined || ms <= first.ms) return 0;
    return Math.round(((committed - first.committed) / (ms - first.ms)) * 1000);
  }
}

/** Of several domains, each. */
function partsOf(committedOf: ReadonlyMap<string, number>): string {
  if (committedOf.size < 2) return '';
  const parts = [...committedOf].map(([name, rows]) => `${shortName({ name })} ${count(rows)}`);
  return ` (${parts.join(', ')})`;
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}
