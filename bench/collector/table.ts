import { count } from '../say';
import type { CollectorBenchResult, Measured } from './measured';

export function tableOf(result: CollectorBenchResult): string {
  const row = (name: string, measured: Measured | undefined): string | undefined =>
    measured &&
    [
      name.padEnd(28),
      count(measured.eventsPerSecond).padStart(10),
      count(measured.eventsPerCpuSecond).padStart(16),
      count(measured.peakRssMb).padStart(13),
    ].join('');
  const lines = [
    `${count(result.bytesPerEvent)} bytes an event, against ${result.against}`,
    `${''.padEnd(28)}  events/s  per CPU-second  peak RSS MB`,
    row('collector', result.collector),
    row('kafkajs, bare', result.kafkajsRaw),
    row('Java consumer, bare', result.javaConsumer),
    result.ratioPerCpuSecond === undefined
      ? undefined
      : `the collector is at ${result.ratioPerCpuSecond} of bare kafkajs per CPU-second`,
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}
