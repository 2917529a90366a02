import type { StreamContract } from '@das/contracts';
import { ByteBudget, Ingest, type SourceRecord, type Step } from '@das/pipeline';
import { createEventGenerator, silentObserver } from '@das/testing';
import { forgetfulSink, MemoryEnd } from './memory-ends';

const EVENTS = 20_000;
const BATCH = 1_700;

export function makeRecords(stream: 'orders' | 'auth' | 'visits'): readonly SourceRecord[] {
  const next = createEventGenerator({ stream, seed: 7, partitions: 6, now: Date.now });
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

/** What takes all of the records through these steps, once for each call. */
export async function through(
  records: readonly SourceRecord[],
  contract: StreamContract,
  steps: readonly Step[],
): Promise<() => void> {
  const source = new MemoryEnd();
  const key = { id: 'k', material: Buffer.alloc(32, 7) };
  const ingest = new Ingest({
    collector: 'bench-collector',
    version: '0.1.0',
    contract,
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

/**
 * Microseconds of processor time per event of each: by turns, so that what else the machine does falls on all alike. The
 * best round of each counts.
 */
export async function bestOf(
  works: readonly (() => void)[],
  rounds: number,
  stop: AbortSignal,
): Promise<readonly number[]> {
  const best = works.map(() => Infinity);
  for (let round = 0; round < rounds && !stop.aborted; round++) {
    // There and back, so that none always follows the same one.
    const turns = [...works.entries()];
    for (const [index, work] of round % 2 === 0 ? turns : turns.reverse()) {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      best[index] = Math.min(best[index] ?? Infinity, (user + system) / EVENTS);
      // Appends that the stub took are let go of.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return best;
}
