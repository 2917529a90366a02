import { setTimeout as sleep } from 'node:timers/promises';
import { createEventGenerator, type GeneratedEvent } from '../events/generator';
import { NO_TROUBLE, REALISTIC } from '../events/rates';
import type { Ends, SourceRig } from './source-rig';

/**
 * Events that flow into a source whatever happens to it. What a failed sending wrote after all is sent once more:
 * another record with a place of its own, which the oracle finds in the source.
 */
export class EventFlow {
  /** Events that the source took, to its word. */
  acknowledged = 0;
  private stopped = true;
  private running: Promise<void> = Promise.resolve();
  private readonly next: () => GeneratedEvent;
  private readonly nextGood: () => GeneratedEvent;

  constructor(
    private readonly rig: SourceRig,
    seed: number,
  ) {
    const common = { ...rig.events, now: () => Date.now() };
    this.next = createEventGenerator({ ...common, seed, rates: REALISTIC });
    this.nextGood = createEventGenerator({ ...common, seed: seed + 1, rates: NO_TROUBLE });
  }

  /** So many events a second. */
  start(perSecond: number): void {
    this.stopped = false;
    this.running = this.flow(perSecond);
  }

  /** Ends the flow with a good event wherever more could come. @returns where each partition ends */
  async stop(): Promise<Ends> {
    this.stopped = true;
    await this.running;
    return this.rig.end(() => {
      this.acknowledged++;
      return this.nextGood();
    });
  }

  /** Many at once, for a load without a rate. */
  async burst(events: readonly GeneratedEvent[]): Promise<void> {
    await this.rig.send(events);
    this.acknowledged += events.length;
  }

  /** Events of one kind, to be sent again and again. */
  pool(size: number): readonly GeneratedEvent[] {
    return Array.from({ length: size }, this.nextGood);
  }

  async close(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async flow(perSecond: number): Promise<void> {
    const startedMs = performance.now();
    for (let sent = 0; !this.stopped;) {
      const due = Math.floor(((performance.now() - startedMs) / 1000) * perSecond) - sent;
      // After an outage it goes on at its rate: a flood would measure something else.
      const count = Math.min(due, Math.ceil(perSecond / 4));
      sent += due;
      if (count >= 1) await this.burst(Array.from({ length: count }, this.next));
      await sleep(this.rig.everyMs);
    }
  }
}
