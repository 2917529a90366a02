import { gzipSync } from 'node:zlib';
import { claimsFilesV1 } from '@contracts/brook-health';
import type { GeneratedEvent } from '../../events/generator';
import { objectPartition } from '../../oracle/object-records';
import type { ObjectStore } from '../../servers/object-store';
import type { Ends } from '../source-rig';

const { bucket, prefix } = claimsFilesV1.source;

/** Objects below it are never read to their end. */
export const POISON = `${prefix}poison/`;

/** Lines of one object after another. Of the largest, a part is committed before the rest is read. */
const SIZES = [1, 60, 300, 3_000, 20, 150];
/** So many objects back are still overwritten, deleted and told of again. */
const LATELY = 8;

/** An object that was put. */
export interface Dropped {
  readonly key: string;
  readonly etag: string;
  readonly versionId: string | undefined;
  readonly bytes: Buffer;
}

/** Puts events into objects, and tells the queue of them, or does not. */
export class Drop {
  /** Those that the queue was told of. */
  readonly lately: Dropped[] = [];
  readonly ends: Map<string, string> & Ends = new Map<string, string>();
  /** Of the next objects, so many are told of to nobody: the listing has to find them. */
  lost = 0;
  /** Keys that the next objects take over. */
  readonly overwritten: string[] = [];
  /** Messages that nobody understands, or whose object nobody can read: they may stay. */
  private useless = 0;
  private readonly partitions = new Set<string>();
  private waiting: GeneratedEvent[] = [];
  private made = 0;

  constructor(private readonly store: ObjectStore) {}

  async send(events: readonly GeneratedEvent[]): Promise<void> {
    this.waiting.push(...events);
    const size = SIZES[this.made % SIZES.length] ?? 1;
    if (this.waiting.length >= size) await this.flush([]);
  }

  /** Puts what waits, and these. */
  async flush(more: readonly GeneratedEvent[]): Promise<void> {
    const events = [...this.waiting, ...more];
    this.waiting = [];
    const number = ++this.made;
    const text = events.map(({ value }) => `${value?.toString('latin1') ?? ''}\n`).join('');
    const taken = this.overwritten.shift();
    const key = taken ?? `${prefix}2026/${number}.ndjson${number % 2 === 0 ? '.gz' : ''}`;
    const plain = Buffer.from(text, 'latin1');
    const object = await this.put(key, key.endsWith('.gz') ? gzipSync(plain) : plain);
    const partition = objectPartition(object);
    this.partitions.add(partition);
    const last = events.findLastIndex(({ value }) => value !== null);
    if (last >= 0) this.ends.set(partition, String(last + 1));
    if (taken === undefined && this.lost > 0) {
      this.lost--;
      return;
    }
    // It may be overwritten or deleted from now on: whoever is told of it is told of its version.
    await this.tell(object);
    this.lately.push(object);
    if (this.lately.length > LATELY) this.lately.shift();
  }

  /** The same content under the same key: nothing new. */
  async putAgain({ key, bytes }: Dropped): Promise<void> {
    await this.tell(await this.put(key, bytes));
  }

  /** An object that nobody can read. */
  async poison(bytes: Buffer, ending: string): Promise<void> {
    this.useless++;
    await this.tell(await this.put(`${POISON}${++this.made}.${ending}`, bytes));
  }

  async remove({ key }: Dropped): Promise<void> {
    await this.store.remove(key);
  }

  async tell({ key, etag, versionId }: Dropped): Promise<void> {
    const object = { key, eTag: etag, versionId };
    const created = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucket }, object } };
    await this.store.tell(JSON.stringify({ Records: [created] }));
  }

  async tellNonsense(body: string): Promise<void> {
    this.useless++;
    await this.store.tell(body);
  }

  async left(): Promise<readonly string[]> {
    const entries = (await this.store.ledger()).filter(({ key }) => !key.startsWith(POISON));
    const open = entries.filter(({ state }) => state !== 'closed');
    const unknown = this.partitions.size - entries.length;
    const messages = (await this.store.messages()) - this.useless;
    return [
      ...open.map(({ key, state, fault }) => `${key} is ${state} ${fault ?? ''}`),
      ...(unknown === 0 ? [] : [`the ledger lacks ${unknown} objects`]),
      ...(messages <= 0 ? [] : [`${messages} notifications`]),
    ];
  }

  private async put(key: string, bytes: Buffer): Promise<Dropped> {
    const { eTag = '', versionId } = await this.store.put(key, bytes);
    return { key, etag: eTag.replaceAll('"', ''), versionId, bytes };
  }
}
