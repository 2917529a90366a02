import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ManagedProcess, KAFKA_LIBS } from '@das/testing';
import { measured, type Measured } from './measured';
import { usageOf, type Usage } from '../process-usage';

const LONGEST_MS = 600_000;
const SAMPLE_MS = 50;

interface Bare {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly events: number;
  readonly dir: string;
  /** Of kafkajs. */
  readonly node: string | undefined;
}

/** kafkajs, from its first join of the group to the last record. */
export async function measureKafkajs({ brokers, topic, events, dir, node }: Bare): Promise<Measured> {
  const process = ManagedProcess.start({
    name: 'kafkajs',
    command: node ?? globalThis.process.execPath,
    args: ['--import', 'tsx', join(__dirname, 'kafkajs-raw.ts'), brokers.join(','), topic, String(events)],
    logFile: join(dir, 'kafkajs.log'),
  });
  const result = JSON.parse(await process.ready(LONGEST_MS)) as Parameters<typeof measured>[0];
  await process.stop();
  return measured(result);
}

/** Kafka's own consumer, as its performance tool measures it: fetching alone. Its CPU includes starting the JVM. */
export async function measureJava({ brokers, topic, events, dir }: Bare): Promise<Measured> {
  const logFile = join(dir, 'java.log');
  const process = ManagedProcess.start({
    name: 'ConsumerPerformance',
    command: 'java',
    args: [
      '-Xmx512m',
      '-cp',
      `${KAFKA_LIBS}/*`,
      'org.apache.kafka.tools.ConsumerPerformance',
      ...['--bootstrap-server', brokers.join(','), '--topic', topic],
      ...['--num-records', String(events), '--group', 'bench-java'],
    ],
    logFile,
  });
  let usage: Usage = { cpuSeconds: 0, peakRssBytes: 0, rssBytes: 0 };
  while (process.exit === undefined && process.pid !== undefined) {
    // It may end between the look and the reading.
    const now = readUsage(process.pid);
    // A process that is ending has given its memory back.
    if (now !== undefined) usage = now.peakRssBytes > 0 ? now : { ...usage, cpuSeconds: now.cpuSeconds };
    await sleep(SAMPLE_MS);
  }
  if ((await process.whenEnded()) !== 0) throw new Error(`ConsumerPerformance failed:\n${process.tail()}`);
  const { events: seen, seconds } = readReport(readFileSync(logFile, 'utf8'));
  return measured({ events: seen, seconds, ...usage });
}

function readUsage(pid: number): Usage | undefined {
  try {
    return usageOf(pid);
  } catch {
    return undefined;
  }
}

/** One line of names, one of numbers. */
function readReport(text: string): { events: number; seconds: number } {
  const [names, values] = text
    .split('\n')
    .filter((line) => line.includes(', '))
    .slice(-2)
    .map((line) => line.split(', '));
  const value = (...candidates: readonly string[]): number => {
    const index = names?.findIndex((name) => candidates.includes(name.trim())) ?? -1;
    return Number(values?.[index]);
  };
  return {
    events: value('data.consumed.in.nMsg'),
    seconds: value('fetch.time.ms') / 1000,
  };
}
