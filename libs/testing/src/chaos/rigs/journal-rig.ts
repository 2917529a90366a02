import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { GeneratedEvent } from '../../events/generator';
import { journalRecords } from '../../oracle/expected-records';
import { range } from '../../wait';
import type { SourceRig } from '../source-rig';
import { between } from '../source-trouble';

const { log, partitions } = ordersEventsV1.source;

/** Files of lines, which this process alone appends to. */
export async function startJournalRig(dir: string): Promise<SourceRig> {
  const journal = join(dir, 'journal');
  const file = (partition: number): string => join(journal, log, `${partition}.ndjson`);
  mkdirSync(join(journal, log), { recursive: true });
  for (const partition of range(0, partitions)) appendFileSync(file(partition), '');
  /** The rest of a line that is written in two pieces. */
  const torn = new Map<number, Buffer>();
  const write = (partition: number, bytes: Buffer): void => {
    appendFileSync(file(partition), Buffer.concat([torn.get(partition) ?? Buffer.alloc(0), bytes]));
    torn.delete(partition);
  };
  const send = (events: readonly GeneratedEvent[]): void => {
    for (const partition of range(0, partitions)) {
      const own = events.filter((event) => event.partition === partition).map(lineOf);
      if (own.length > 0) write(partition, Buffer.concat(own));
    }
  };
  return Promise.resolve({
    app: 'orders-events-collector',
    contract: ordersEventsV1,
    collectorSource: { kind: 'journal', dir: journal },
    env: {},
    events: { stream: 'orders', partitions },
    eventsPerSecond: 1_000,
    everyMs: 25,
    respiteMs: 0,
    settleSeconds: 10,
    troubles: [
      {
        name: 'torn-line',
        weight: 3,
        async make(random) {
          const [partition, ms] = [random.below(partitions), between(random, 100, 1_000)];
          write(partition, Buffer.alloc(0));
          appendFileSync(file(partition), '{"torn');
          // Whoever writes next brings it to its end: a record that is no JSON.
          torn.set(partition, Buffer.from('\n'));
          await sleep(ms);
          return `partition ${partition}`;
        },
      },
    ],
    partitions: () => range(0, partitions).map(String),
    send: async (events) => {
      await Promise.resolve();
      send(events);
    },
    end: async (good) => {
      await Promise.resolve();
      send(range(0, partitions).map((partition) => ({ ...good(), partition })));
      return new Map(
        range(0, partitions).map((partition) => [String(partition), String(statSync(file(partition)).size)]),
      );
    },
    heal: async () => Promise.resolve(),
    left: async () => Promise.resolve([]),
    records: (landing) => journalRecords(journal, log, landing),
    stop: async () => Promise.resolve(),
  } satisfies SourceRig);
}

function lineOf({ value }: GeneratedEvent): Buffer {
  return Buffer.concat([value ?? Buffer.alloc(0), Buffer.from('\n')]);
}
