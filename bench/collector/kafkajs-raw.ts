/** A process of its own: reads a topic to its end with kafkajs and does nothing with it. Prints what it took. */
import { Kafka, logLevel } from 'kafkajs';

async function main([brokers = '', topic = '', count = '0']: readonly string[]): Promise<void> {
  const events = Number(count);
  const kafka = new Kafka({ brokers: brokers.split(','), clientId: 'bench-raw', logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: 'bench-raw', maxWaitTimeInMs: 250 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let seen = 0;
  let started: { readonly ms: number; readonly cpu: NodeJS.CpuUsage } | undefined;
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.GROUP_JOIN, () => {
      started ??= { ms: performance.now(), cpu: process.cpuUsage() };
    });
    consumer
      .run({
        autoCommit: false,
        partitionsConsumedConcurrently: 64,

        eachBatch: async ({ batch }) => {
          seen += batch.messages.length;
          if (seen >= events) resolve();
        },
      })
      .catch(reject);
  });
  if (started === undefined) throw new Error('the end came before the beginning');
  const cpu = process.cpuUsage(started.cpu);
  const result = {
    events: seen,
    seconds: (performance.now() - started.ms) / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  await consumer.disconnect();
}

void main(process.argv.slice(2));
