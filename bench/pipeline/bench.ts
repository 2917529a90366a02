import { ordersEventsV1 } from '@contracts/brook-commerce';
import {
  ByteBudget,
  Ingest,
  lateness,
  parse,
  systemClock,
  type SourceRecord,
  type Step,
} from '@das/pipeline';
import { validate } from '@das/schema-validation';
import { createEventGenerator, silentObserver } from '@das/testing';
import { readNumbers } from '../read-numbers';
import { say } from '../say';
import { encodeRecords } from './formats';
import { forgetfulSink, MemoryEnd } from './memory-ends';

const HELP = `What an event costs between source and sink, in one thread and without a network: each line adds a step.
Formats of a registry come last, the same events in each.
The unit is what JSON.parse alone takes for the same bytes, measured in turns with it, so that a busy machine
slows both.

Usage: npm run bench -- pipeline [--rounds N] [--json]
`;

const EVENTS = 20_000;
const BATCH = 1_700;

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
  const costs = await measureStages(makeRecords(), options.rounds, stop);
  for (const { stage, microseconds, ratio } of costs) {
    say(`${stage.padEnd(34)} ${microseconds.toFixed(2).padStart(7)} µs  ${ratio.toFixed(2)} × JSON.parse`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ pipeline: costs })}\n`);
  return 0;
}

function makeRecords(): readonly SourceRecord[] {
  const next = createEventGenerator({ stream: 'orders', seed: 7, partitions: 6, now: Date.now });
  return Array.from({ length: EVENTS }, (_, index) => {
    const { key, value } = next();
    return {
      position: String(1_000_000 + index),
      key,
      value,
      timestampMs: Date.now() + (index >> 6),
      headers: [],
    };
  });
}

/** By turns, so that what else the machine does falls on all alike; the best round of each counts. */
async function measureStages(
  records: readonly SourceRecord[],
  rounds: number,
  stop: AbortSignal,
): Promise<readonly StageCost[]> {
  const [first, second, third] = [parse(), validate([ordersEventsV1]), lateness(systemClock)];
  const drop: Step = () => ({ outcome: 'dropped', reason: 'filtered' });
  const stages: (readonly [string, () => void])[] = [
    ['JSON.parse', jsonParse(records)],
    ['parse', await through(records, [first, drop])],
    ['parse, validate', await through(records, [first, second, drop])],
    ['parse, validate, lateness', await through(records, [first, second, third, drop])],
    ['parse, validate, lateness, row', await through(records, [first, second, third])],
  ];
  for (const { format, records: encoded, step } of await encodeRecords(records)) {
    stages.push([`${format}: decode`, await through(encoded, [step, drop])]);
    stages.push([`${format}: decode, parse … row`, await through(encoded, [step, first, second, third])]);
  }
  const best = stages.map(() => Infinity);
  for (let round = 0; round < rounds && !stop.aborted; round++) {
    for (const [index, [, work]] of stages.entries()) {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      best[index] = Math.min(best[index] ?? Infinity, (user + system) / records.length);
      // Appends that the stub took are let go of.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
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

async function through(records: readonly SourceRecord[], steps: readonly Step[]): Promise<() => void> {
  const source = new MemoryEnd();
  const key = { id: 'k', material: Buffer.alloc(32, 7) };
  const ingest = new Ingest({
    collector: 'orders-events-collector',
    version: '0.1.0',
    contract: ordersEventsV1,
    steps,
    source,
    sink: forgetfulSink,
    clock: { now: () => Date.now(), after: () => () => undefined },
    keys: { current: () => key, find: () => key },
    sealer: { seal: () => '' },
    budget: new ByteBudget({ processBytes: Infinity, partitionBytes: Infinity }),
    observer: silentObserver,
    checkpointMs: 1_000,
    setupRetryMs: 1_000,
    commitPatienceMs: 1_000_000,
    onFatal: (failure) => {
      throw failure;
    },
    onSourceFailure: () => undefined,
  });
  await ingest.start();
  await source.ready;
  return () => {
    for (let from = 0; from < records.length; from += BATCH)
      source.deliver(records.slice(from, from + BATCH));
  };
}
