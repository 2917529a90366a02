import type { PartitionConsumer, Source, SourceFailure, SourcePartition, SourceRecord } from '@das/pipeline';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJournalSource } from '../journal-source';

/** What one assigned partition was told. */
export class Recorder implements PartitionConsumer {
  readonly records: SourceRecord[] = [];
  disturbances = 0;
  revocations = 0;
  onDeliver: () => void = () => undefined;

  constructor(readonly partition: SourcePartition) {}

  get seen(): string[] {
    return this.records.map(({ position, value }) => `${position}:${text(value)}`);
  }

  deliver(records: readonly SourceRecord[]): void {
    this.records.push(...records);
    this.onDeliver();
  }

  disturbed(): void {
    this.disturbances++;
  }

  revoked(): void {
    this.revocations++;
  }
}

const text = (value: Uint8Array | null): string =>
  value === null ? '<null>' : Buffer.from(value).toString('utf8');

/** Waits a few seconds at most. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 800 && !holds(); i++) await sleep(5);
  if (!holds()) throw new Error('waited in vain');
}

/** A temporary journal with the topic `orders`, and the sources that read it. */
export class TestJournal {
  readonly dir = mkdtempSync(join(tmpdir(), 'journal-'));
  readonly topicDir = join(this.dir, 'orders');
  readonly log = join(this.topicDir, '0.ndjson');
  readonly lock = join(this.topicDir, '0.lock');
  readonly failures: SourceFailure[] = [];
  private readonly sources: Source[] = [];

  constructor() {
    mkdirSync(this.topicDir);
  }

  async start(): Promise<{ source: Source; assigned: Recorder[] }> {
    const source = createJournalSource({ dir: this.dir, topic: 'orders', consumer: 'collector', pollMs: 5 });
    this.sources.push(source);
    const assigned: Recorder[] = [];
    await source.start(
      (partition) => {
        const recorder = new Recorder(partition);
        assigned.push(recorder);
        return recorder;
      },
      (failure) => this.failures.push(failure),
    );
    return { source, assigned };
  }

  /** Starts a source over partition 0 with this content. */
  async startOne(content: string): Promise<Recorder & { source: Source }> {
    writeFileSync(this.log, content);
    const { assigned, source } = await this.start();
    const [one] = assigned;
    if (one === undefined) throw new Error('nothing was assigned');
    return Object.assign(one, { source });
  }

  async remove(): Promise<void> {
    for (const source of this.sources) await source.stop();
    rmSync(this.dir, { recursive: true });
  }
}
