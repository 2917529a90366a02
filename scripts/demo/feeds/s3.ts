import { gzipSync } from 'node:zlib';
import { objectRecords, ObjectStore, type GeneratedEvent } from '@das/testing';
import { csvText, isCsvRow } from './csv-text';
import type { FeedServer } from './stream-feed';

/** A file is closed when it has so many events, or is so old. */
const FILE_EVENTS = 400;
const FILE_MS = 1_000;

/** Files of NDJSON and of CSV by turns, gzipped, in a bucket of moto whose queue is told of them. */
export function s3Server(url: string): FeedServer<'s3'> {
  const stores: ObjectStore[] = [];
  return {
    async feed(contract) {
      const { bucket, prefix } = contract.source;
      const store = await ObjectStore.create(url, bucket);
      stores.push(store);
      const files = new Files(store, prefix);
      return {
        source: { kind: 's3', url, ledgerTable: bucket },
        send: async (events) => files.add(events),
        flush: async () => files.putAll(),
        records: (landing) => objectRecords(contract, store.contents(), landing),
      };
    },
    async close() {
      for (const store of stores) store.close();
      return Promise.resolve();
    },
  };
}

/** What is not yet in the bucket, and how it gets there. */
class Files {
  private pending: GeneratedEvent[] = [];
  private sinceMs = 0;
  private count = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly prefix: string,
  ) {}

  async add(events: readonly GeneratedEvent[]): Promise<void> {
    if (this.pending.length === 0) this.sinceMs = performance.now();
    this.pending.push(...events);
    const isFull = this.pending.length >= FILE_EVENTS || performance.now() - this.sinceMs >= FILE_MS;
    if (this.pending.length > 0 && isFull) await this.put();
  }

  async putAll(): Promise<void> {
    while (this.pending.length > 0) await this.put();
  }

  /** What no row can hold, such as half a line of JSON, waits for the next file of lines. */
  private async put(): Promise<void> {
    const isCsv = this.count % 2 === 1;
    const events = isCsv ? this.pending.filter(isCsvRow) : this.pending;
    this.pending = isCsv ? this.pending.filter((event) => !isCsvRow(event)) : [];
    const text = isCsv ? csvText(events) : linesOf(events);
    await this.store.put(this.nextKey(isCsv ? 'csv' : 'ndjson'), gzipSync(text));
  }

  private nextKey(ending: string): string {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    return `${this.prefix}${day}/payer-${String(this.count++).padStart(6, '0')}.${ending}.gz`;
  }
}

/** A tombstone is an empty line. */
function linesOf(events: readonly GeneratedEvent[]): Buffer {
  const newline = Buffer.from('\n');
  return Buffer.concat(events.flatMap(({ value }) => [value ?? Buffer.alloc(0), newline]));
}
