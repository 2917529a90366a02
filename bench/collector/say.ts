import type { CollectorBenchResult } from './bench';
import type { Measured } from './measured';

const EVERY_MS = 2_000;
const number = (value: number): string => value.toLocaleString('en-US');

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A line now and then; on standard error, so that the result stands alone. */
export function sayProgress(what: string, of: number): (count: number) => void {
  let nextMs = performance.now() + EVERY_MS;
  return (count) => {
    if (performance.now() < nextMs) return;
    nextMs = performance.now() + EVERY_MS;
    say(`${what} ${number(count)} of ${number(of)}`);
  };
}

export function sayTable(result: CollectorBenchResult): void {
  const row = (name: string, measured: Measured | undefined): string | undefined =>
    measured &&
    [
      name.padEnd(28),
      number(measured.eventsPerSecond).padStart(10),
      number(measured.eventsPerCpuSecond).padStart(14),
      number(measured.peakRssMb).padStart(12),
    ].join('');
  const lines = [
    `${number(result.bytesPerEvent)} bytes an event, against ${result.against}`,
    `${''.padEnd(28)}  events/s  per CPU-second  peak RSS MB`,
    row('collector', result.collector),
    row('kafkajs, bare', result.kafkajsRaw),
    row('Java consumer, bare', result.javaConsumer),
    result.ratioPerCpuSecond === undefined
      ? undefined
      : `the collector is at ${result.ratioPerCpuSecond} of bare kafkajs per CPU-second`,
  ];
  say(lines.filter((line) => line !== undefined).join('\n'));
}
