import { setTimeout as sleep } from 'node:timers/promises';
import type { Producer } from 'kafkajs';
import { createEventGenerator, type GeneratedEvent } from '../events/generator';
import { NO_TROUBLE, REALISTIC } from '../events/rates';
import { connectProducer } from '../servers/kafka-broker';
import { range } from '../wait';

const TICK_MS = 25;
const RECONNECT_MS = 250;

type Sending = Pick<GeneratedEvent, 'key' | 'value' | 'partition'>;

/**
 * Events that flow into a topic whatever happens to the broker. What a failed sending wrote after all is sent
 * once more: another record with an offset of its own, which the oracle finds in the topic.
 */
export class EventFlow {
  /** Events that the broker took, to its word. */
  acknowledged = 0;
  private producer: Producer | undefined;
  private stopped = true;
  private running: Promise<void> = Promise.resolve();
  private readonly next: () => GeneratedEvent;
  private readonly nextGood: () => GeneratedEvent;

  constructor(
    private readonly options: {
      readonly brokers: readonly string[];
      readonly topic: string;
      readonly partitions: number;
      readonly seed: number;
    },
  ) {
    const common = { stream: 'orders', partitions: options.partitions, now: () => Date.now() } as const;
    this.next = createEventGenerator({ ...common, seed: options.seed, rates: REALISTIC });
    this.nextGood = createEventGenerator({ ...common, seed: options.seed + 1, rates: NO_TROUBLE });
  }

  /** So many events a second. */
  start(perSecond: number): void {
    this.stopped = false;
    this.running = this.flow(perSecond);
  }

  /**
   * Ends the flow with one good event in every partition.
   * @returns the offset of each partition's last record
   */
  async stop(): Promise<ReadonlyMap<string, number>> {
    this.stopped = true;
    await this.running;
    const last = range(0, this.options.partitions).map((partition) => ({ ...this.nextGood(), partition }));
    const answers = await this.send(last);
    return new Map(answers.map(({ partition, baseOffset }) => [String(partition), Number(baseOffset)]));
  }

  /** Many at once, for a load without a rate. */
  async burst(events: readonly Sending[]): Promise<void> {
    await this.send(events);
  }

  /** Events of one kind, to be sent again and again. */
  pool(size: number): readonly Sending[] {
    return Array.from({ length: size }, this.nextGood);
  }

  async close(): Promise<void> {
    this.stopped = true;
    await this.running;
    await this.producer?.disconnect();
  }

  private async flow(perSecond: number): Promise<void> {
    const startedMs = performance.now();
    for (let sent = 0; !this.stopped;) {
      const due = Math.floor(((performance.now() - startedMs) / 1000) * perSecond) - sent;
      // After an outage it goes on at its rate: a flood would measure something else.
      const count = Math.min(due, Math.ceil(perSecond / 4));
      sent += due;
      if (count >= 1) await this.send(Array.from({ length: count }, this.next));
      await sleep(TICK_MS);
    }
  }

  /** Until the broker has taken them. */
  private async send(events: readonly Sending[]) {
    const messages = events.map(({ key, value, partition }) => ({ key, value, partition }));
    for (;;) {
      try {
        this.producer ??= await connectProducer(this.options.brokers);
        const answers = await this.producer.send({ topic: this.options.topic, messages });
        this.acknowledged += events.length;
        return answers.map(({ partition, baseOffset = '-1' }) => ({ partition, baseOffset }));
      } catch {
        // An idempotent producer is of no use after a failure: its numbers have a hole.
        await this.producer?.disconnect().catch(() => undefined);
        this.producer = undefined;
        await sleep(RECONNECT_MS);
      }
    }
  }
}
