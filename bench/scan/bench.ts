import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { protect, scan } from '@das/phi';
import { lateness, parse, systemClock, type SourceRecord } from '@das/pipeline';
import { validate } from '@das/schema-validation';
import { createEventGenerator, testKeys, visitsEventsV1 } from '@das/testing';
import { through } from '../pipeline/through';
import { readNumbers } from '../read-numbers';
import { say } from '../say';

const HELP = `What the scan for undeclared PHI costs: the pipeline of each stream with and without it, measured in turns.

Usage: npm run bench -- scan [--rounds N] [--json]

Examples:
  npm run bench -- scan
  npm run -s bench -- scan --rounds 1 --json > scan.json
`;

const EVENTS = 5_000;
const STREAMS = [
  ['orders', ordersEventsV1],
  ['auth', authEventsV1],
  ['visits', visitsEventsV1],
] as const;

interface ScanCost {
  readonly stream: string;
  /** Of one event between source and sink. */
  readonly withoutMicroseconds: number;
  readonly withMicroseconds: number;
  /** The part of the throughput that the scan takes. */
  readonly share: number;
}

/** @returns the exit code. @throws UsageError */
export async function scanBench(args: readonly string[], stop: AbortSignal): Promise<number> {
  const options = readNumbers(args, { rounds: 30 });
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const costs: ScanCost[] = [];
  for (const [stream, contract] of STREAMS) {
    if (stop.aborted) break;
    const cost = await measureCost(stream, contract, options.rounds, stop);
    costs.push(cost);
    const [before, after] = [cost.withoutMicroseconds, cost.withMicroseconds].map((us) => us.toFixed(2));
    say(
      `${stream.padEnd(8)} ${before} µs an event, ${after} µs scanned: ${(cost.share * 100).toFixed(1)} % of the throughput`,
    );
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ scan: costs })}\n`);
  return 0;
}

/** By turns, so that what else the machine does falls on both alike; the best round of each counts. */
async function measureCost(
  stream: (typeof STREAMS)[number][0],
  contract: StreamContract,
  rounds: number,
  stop: AbortSignal,
): Promise<ScanCost> {
  const records = makeRecords(stream);
  const before = [parse(), validate([contract]), lateness(systemClock)];
  const after = protect([contract], { keys: testKeys(), clock: systemClock });
  const step = scan([contract], { phiFound: () => undefined });
  const runs = [
    await through(records, [...before, after], contract),
    await through(records, [...before, step, after], contract),
  ];
  const best = [Infinity, Infinity];
  for (let round = 0; round < rounds && !stop.aborted; round++) {
    for (const [index, run] of runs.entries()) {
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      best[index] = Math.min(best[index] ?? Infinity, (user + system) / records.length);
      // Appends that the stub took are let go of.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const [without = NaN, withScan = NaN] = best;
  return {
    stream,
    withoutMicroseconds: without,
    withMicroseconds: withScan,
    share: 1 - without / withScan,
  };
}

function makeRecords(stream: (typeof STREAMS)[number][0]): readonly SourceRecord[] {
  const next = createEventGenerator({ stream, seed: 7, partitions: 6, now: Date.now });
  return Array.from({ length: EVENTS }, (_, index) => {
    const { key, value } = next();
    const timestampMs = Date.now() + (index >> 6);
    return { position: String(1_000_000 + index), key, value, timestampMs, headers: [] };
  });
}
