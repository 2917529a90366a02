import type { StreamContract } from '@das/contracts';
import { ByteBudget, Ingest, systemClock, type Sink, type SinkChannel } from '@das/pipeline';
import { createS3Source } from '@das/source-s3';
import { silentObserver } from '../fakes/silent-observer';
import { until } from '../wait';

/** A process that reads one object of the bucket that it is told, and says what that took; nothing else is in it. */

const MEGABYTE = 1024 * 1024;
const KILOBYTE = 1024;
const LONGEST_MS = 3_600_000;
const [bucket = ''] = process.argv.slice(2);

const contract = {
  stream: 'claims_files_v1',
  version: '1.0.0',
  paths: { eventId: ['id'], eventType: ['type'], eventTs: ['ts'], schemaVersion: ['v'], subjectKey: ['id'] },
  startFrom: 'earliest',
  onGap: 'stop',
  onOffsetRegression: 'stop',
  deadLetters: { fuseRatio: 1, fuseRunLength: 1_000_000 },
  headers: [],
  classification: 'internal',
} as unknown as StreamContract;
const key = { id: 'k', material: new Uint8Array(32) };

let rows = 0;
/** Commits every append, and keeps none. */
const sink: Sink = {
  limits: { maxAppendBytes: 4_000_000 },
  open: async (_, listener): Promise<SinkChannel> =>
    Promise.resolve({
      opened: { committedToken: undefined, rowsRejected: 0 },
      append: async ({ rowCount, endToken }) => {
        rows += rowCount;
        setImmediate(() => {
          listener.status({ committedToken: endToken, rowsRejected: 0 });
        });
        return Promise.resolve();
      },
      close: () => undefined,
    }),
  statuses: async () => Promise.resolve(new Map()),
  drop: async () => Promise.resolve(),
  stop: async () => Promise.resolve(),
};

async function main(): Promise<void> {
  let isOver = false;
  const ingest = new Ingest({
    collector: 'claims-files-collector',
    version: '1.0.0',
    contract,
    // What an event goes through costs time, and no memory that grows with its object.
    steps: [],
    source: createS3Source({
      log: bucket,
      bucket,
      prefix: '',
      queue: bucket,
      ledgerTable: bucket,
      consumer: 'reader',
      observer: { objectOver: () => (isOver = true), notificationUnread: () => undefined },
    }),
    sink,
    clock: systemClock,
    keys: { current: () => key, find: () => key },
    sealer: { seal: () => 'sealed' },
    budget: new ByteBudget({ processBytes: 128 * MEGABYTE, partitionBytes: 16 * MEGABYTE }),
    observer: silentObserver,
    checkpointMs: 1_000,
    setupRetryMs: 1_000,
    commitPatienceMs: 30_000,
    onSourceFailure: () => undefined,
    onFatal: (failure) => {
      throw failure;
    },
  });
  const startedMs = Date.now();
  await ingest.start();
  await until('the object is read', () => isOver, LONGEST_MS);
  const seconds = (Date.now() - startedMs) / 1000;
  await ingest.stop(1_000);
  const peakRssMb = (process.resourceUsage().maxRSS * KILOBYTE) / MEGABYTE;
  process.stdout.write(`${JSON.stringify({ rows, seconds, peakRssMb: Math.round(peakRssMb) })}\n`);
}

void main();
