import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { protect, scan } from '@das/phi';
import { lateness, parse, systemClock } from '@das/pipeline';
import { validate } from '@das/schema-validation';
import { testKeys, visitsEventsV1 } from '@das/testing';
import { bestOf, makeRecords, through } from '../pipeline/through';
import { readNumbers } from '../read-numbers';
import { say } from '../say';

const HELP = `What the scan for undeclared PHI costs: the pipeline of each stream with and without it, measured in turns.

Usage: npm run bench -- scan [--rounds N] [--json]

Examples:
  npm run bench -- scan
  npm run -s bench -- scan --rounds 1 --json > scan.json
`;

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
  const options = readNumbers(args, { rounds: 15 });
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
    await through(records, contract, [...before, after]),
    await through(records, contract, [...before, step, after]),
  ];
  const [without = NaN, withScan = NaN] = await bestOf(runs, rounds, stop);
  return {
    stream,
    withoutMicroseconds: without,
    withMicroseconds: withScan,
    share: 1 - without / withScan,
  };
}
