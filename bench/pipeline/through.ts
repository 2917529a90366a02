import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { ByteBudget, Ingest, type SourceRecord, type Step } from '@das/pipeline';
import { silentObserver } from '@das/testing';
import { forgetfulSink, MemoryEnd } from './memory-ends';

const BATCH = 1_700;

/** A pipeline between a source in memory and a sink that forgets. @returns what takes all records through it */
export async function through(
  records: readonly SourceRecord[],
  steps: readonly Step[],
  contract: StreamContract = ordersEventsV1,
): Promise<() => void> {
  const source = new MemoryEnd();
  const key = { id: 'k', material: Buffer.alloc(32, 7) };
  const ingest = new Ingest({
    collector: `${contract.stream}-collector`,
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
