import type { Clock } from '@das/pipeline';

/** Keeps one channel under its requests and bytes per second. */
export class Pacer {
  private nextMs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly limits: { readonly requestsPerSecond: number; readonly bytesPerSecond: number },
  ) {}

  /** Resolves when `bytes` more may be sent. */
  async turn(bytes: number): Promise<void> {
    const { requestsPerSecond, bytesPerSecond } = this.limits;
    const now = this.clock.now();
    const startMs = Math.max(now, this.nextMs);
    this.nextMs = startMs + Math.max(1000 / requestsPerSecond, (bytes / bytesPerSecond) * 1000);
    if (startMs > now) await new Promise<void>((resolve) => this.clock.after(startMs - now, resolve));
  }
}
