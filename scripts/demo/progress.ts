import type { FleetCounts } from './fleet';

const LINE_EVERY_MS = 2_000;

/** One line that is rewritten on a terminal; elsewhere a line now and then. */
export class Progress {
  private lastLineMs = 0;
  private lastCommitted = 0;
  private lastMs = performance.now();

  constructor(private readonly out: NodeJS.WriteStream) {}

  show(produced: number, { committed, dead, dropped }: FleetCounts): void {
    const now = performance.now();
    const perSecond = Math.round(((committed - this.lastCommitted) / (now - this.lastMs)) * 1000);
    const waiting = Math.max(0, produced - committed - dropped);
    const line = `produced ${count(produced)}  in BRONZE ${count(committed)}  dead ${count(dead)}  dropped ${count(dropped)}  waiting ${count(waiting)}  ${count(perSecond)}/s`;
    this.lastCommitted = committed;
    this.lastMs = now;
    if (this.out.isTTY) this.out.write(`\r\u001b[K${line}`);
    else if (now - this.lastLineMs >= LINE_EVERY_MS) {
      this.lastLineMs = now;
      this.out.write(`${line}\n`);
    }
  }

  /** Ends the line that is being rewritten. */
  end(): void {
    if (this.out.isTTY) this.out.write('\n');
  }
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}
