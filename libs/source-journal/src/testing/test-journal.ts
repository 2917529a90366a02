import type { Source } from '@das/pipeline';
import { leaveAlone, SourceReader, text, type Held } from '@das/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournalSource } from '../journal-source';

/** What was delivered, as `position:value`. */
export function seen({ records }: Held): string[] {
  return records.map(({ position, value }) => `${position}:${text(value) ?? '<null>'}`);
}

/** A temporary journal with the topic `orders`, and the sources that read it. */
export class TestJournal {
  readonly dir = mkdtempSync(join(tmpdir(), 'journal-'));
  readonly topicDir = join(this.dir, 'orders');
  readonly log = join(this.topicDir, '0.ndjson');
  readonly lock = join(this.topicDir, '0.lock');
  private readonly sources: Source[] = [];

  constructor() {
    mkdirSync(this.topicDir);
  }

  source(): Source {
    const source = createJournalSource({ dir: this.dir, topic: 'orders', consumer: 'collector', pollMs: 5 });
    this.sources.push(source);
    return source;
  }

  async start(): Promise<SourceReader> {
    return new SourceReader(this.source(), leaveAlone).start();
  }

  /** Starts a source over partition 0 with this content. */
  async startOne(content: string): Promise<{ reader: SourceReader; held: Held }> {
    writeFileSync(this.log, content);
    const reader = await this.start();
    return { reader, held: reader.only };
  }

  async remove(): Promise<void> {
    for (const source of this.sources) await source.stop();
    rmSync(this.dir, { recursive: true });
  }
}
