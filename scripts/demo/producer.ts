import { setTimeout as sleep } from 'node:timers/promises';
import { createEventGenerator, REALISTIC, type GeneratedEvent } from '@das/testing';
import type { FedStream } from './feeds/open-feeds';
import { partitionsOf } from './streams';

/** Events are sent in small ticks, so that a rate is a flow and not a burst. */
const TICK_MS = 20;
const FASTEST_PER_TICK = 2_000;

export interface Producer {
  readonly produced: number;
  /** Sends so many events; `rate` per second, 0 for as fast as possible. Ends early when `signal` says so. */
  send(events: number, rate: number, signal: AbortSignal): Promise<void>;
}

/** Feeds the streams by turns with synthetic events, troubles included. */
export function createProducer(fed: readonly FedStream[], seed: number): Producer {
  const streams = fed.map(({ contract, events, feed }, index) => ({
    feed,
    next: createEventGenerator({
      stream: events,
      seed: seed + index,
      partitions: partitionsOf(contract),
      now: () => Date.now(),
      rates: REALISTIC,
    }),
  }));
  let produced = 0;

  async function sendTick(count: number): Promise<void> {
    const batches = streams.map(() => [] as GeneratedEvent[]);
    for (let sent = 0; sent < count; sent++) {
      const index = (produced + sent) % streams.length;
      const event = streams[index]?.next();
      if (event !== undefined) batches[index]?.push(event);
    }
    await Promise.all(streams.map(async ({ feed }, index) => feed.send(batches[index] ?? [])));
    produced += count;
  }

  return {
    get produced() {
      return produced;
    },
    async send(events, rate, signal) {
      const startedMs = performance.now();
      for (let sent = 0; sent < events && !signal.aborted;) {
        const due =
          rate === 0 ? sent + FASTEST_PER_TICK : Math.floor(((performance.now() - startedMs) / 1000) * rate);
        const count = Math.min(events, due) - sent;
        if (count > 0) await sendTick(count);
        sent += Math.max(0, count);
        if (rate > 0) await sleep(TICK_MS, undefined, { signal }).catch(() => undefined);
      }
      await Promise.all(streams.map(async ({ feed }) => feed.flush()));
    },
  };
}
