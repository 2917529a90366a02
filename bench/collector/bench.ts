import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { startKafka } from '@das/testing';
import { measureJava, measureKafkajs } from './bare-consumers';
import { measureCollector } from './collector-run';
import { rounded, type CollectorBenchResult, type Measured } from './measured';
import { HELP, readOptions, type BenchOptions } from './options';
import { say, sayProgress } from '../say';
import { tableOf } from './table';
import { createOrdersTopic, fillTopic } from '../orders-topic';

/** @returns the exit code. @throws UsageError */
export async function collectorBench(args: readonly string[], stop: AbortSignal): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const dir = mkdtempSync(join(tmpdir(), 'das-bench-'));
  try {
    const result = await measureAll(options, dir, stop);
    if (result === undefined) return 1;
    say(tableOf(result));
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return 0;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One after another, on the same broker and the same topic. */
async function measureAll(
  { events, against, only, node, profile }: BenchOptions,
  dir: string,
  stop: AbortSignal,
): Promise<CollectorBenchResult | undefined> {
  say('starting a Kafka broker');
  const broker = await startKafka({ dir: join(dir, 'kafka') });
  try {
    await createOrdersTopic(broker);
    const bytesPerEvent = await fillTopic(broker, events, stop, sayProgress('produced', events));
    const { brokers } = broker;
    const bare = { brokers, topic: ordersEventsV1.source.topic, events, dir, node };
    const measure = async (
      who: BenchOptions['only'],
      work: () => Promise<Measured>,
    ): Promise<Measured | undefined> => {
      if (stop.aborted || (only !== undefined && only !== who)) return undefined;
      say(`measuring ${who ?? ''}`);
      return work();
    };
    const kafkajsRaw = await measure('kafkajs', () => measureKafkajs(bare));
    const javaConsumer = await measure('java', () => measureJava(bare));
    const collector = await measure('collector', () =>
      measureCollector({
        brokers,
        events,
        against,
        node,
        profile,
        dir,
        progress: sayProgress('committed', events),
      }),
    );
    if (stop.aborted) return undefined;
    return {
      bytesPerEvent,
      against,
      ...(collector && { collector }),
      ...(kafkajsRaw && { kafkajsRaw }),
      ...(javaConsumer && { javaConsumer }),
      ...(collector &&
        kafkajsRaw && {
          ratioPerCpuSecond: rounded(collector.eventsPerCpuSecond / kafkajsRaw.eventsPerCpuSecond, 3),
        }),
    };
  } finally {
    await broker.stop();
  }
}
