import { ordersEventsV1 } from '@contracts/brook-commerce';
import { lateness, parse, systemClock, type SourceRecord, type Step } from '@das/pipeline';
import { validate } from '@das/schema-validation';
import { readNumbers } from '../read-numbers';
import { say } from '../say';
import { encodeRecords } from './formats';
import { measureProtection } from './protection';
import { bestOf, makeRecords, through } from './through';

const HELP = `What an event costs between source and sink, in one thread and without a network: each line adds a step.
Formats of a registry come last, the same events in each.
The unit is what JSON.parse alone takes for the same bytes, measured in turns with it, so that a busy machine
slows both. Then what protection adds to all of it, stream by stream.

Usage: npm run bench -- pipeline [--rounds N] [--json]
`;

export interface StageCost {
  readonly stage: string;
  readonly microseconds: number;
  /** Against JSON.parse of the same bytes. */
  readonly ratio: number;
}

/** @returns the exit code. @throws UsageError */
export async function pipelineBench(args: readonly string[], stop: AbortSignal): Promise<number> {
  const options = readNumbers(args, { rounds: 15 });
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const costs = await measureStages(makeRecords('orders'), options.rounds, stop);
  for (const { stage, microseconds, ratio } of costs) {
    say(`${stage.padEnd(34)} ${microseconds.toFixed(2).padStart(7)} µs  ${ratio.toFixed(2)} × JSON.parse`);
  }
  const protection = await measureProtection(options.rounds, stop);
  for (const { stream, without, protected: with_, ratio } of protection) {
    const cost = `${without.toFixed(2).padStart(7)} → ${with_.toFixed(2)} µs`;
    say(`${stream.padEnd(34)} ${cost}  ${ratio.toFixed(3)} × as much with protection`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ pipeline: costs, protection })}\n`);
  return 0;
}

async function measureStages(
  records: readonly SourceRecord[],
  rounds: number,
  stop: AbortSignal,
): Promise<readonly StageCost[]> {
  const [first, second, third] = [parse(), validate([ordersEventsV1]), lateness(systemClock)];
  const drop: Step = () => ({ outcome: 'dropped', reason: 'filtered' });
  const orders = async (...steps: readonly Step[]) => through(records, ordersEventsV1, steps);
  const stages: (readonly [string, () => void])[] = [
    ['JSON.parse', jsonParse(records)],
    ['parse', await orders(first, drop)],
    ['parse, validate', await orders(first, second, drop)],
    ['parse, validate, lateness', await orders(first, second, third, drop)],
    ['parse, validate, lateness, row', await orders(first, second, third)],
  ];
  for (const { format, records: encoded, step } of await encodeRecords(records)) {
    const decoded = async (...steps: readonly Step[]) => through(encoded, ordersEventsV1, [step, ...steps]);
    stages.push([`${format}: decode`, await decoded(drop)]);
    stages.push([`${format}: decode, parse … row`, await decoded(first, second, third)]);
  }
  const best = await bestOf(
    stages.map(([, work]) => work),
    rounds,
    stop,
  );
  const unit = best[0] ?? NaN;
  return stages.map(([stage], index) => {
    const microseconds = best[index] ?? NaN;
    return { stage, microseconds, ratio: microseconds / unit };
  });
}

function jsonParse(records: readonly SourceRecord[]): () => void {
  return () => {
    for (const { value } of records) JSON.parse((value as Buffer).toString('utf8'));
  };
}
