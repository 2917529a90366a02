import { type FileHandle, open } from 'node:fs/promises';
import { JournalFile } from './journal-file';

const LINE_END = Buffer.from('\n');

/** Appends whole lines to one file. */
export class PartitionAppender {
  private buffered: Buffer[] = [];
  private handle: FileHandle | undefined;
  /** Where what was flushed ends; `undefined` before the first opening. */
  private size: number | undefined;

  constructor(private readonly path: string) {}

  /** The buffer is kept until it is flushed, and must not be changed before. */
  append(value: Buffer | null): void {
    if (value !== null) this.buffered.push(value);
    this.buffered.push(LINE_END);
  }

  /** Makes the file, even when there is nothing to write. Calls must not overlap. */
  async flush(): Promise<void> {
    this.handle ??= await this.open();
    if (this.buffered.length === 0) return;
    const bytes = Buffer.concat(this.buffered);
    const pieces = this.buffered.length;
    try {
      await this.handle.appendFile(bytes);
      await this.handle.datasync();
    } catch (thrown) {
      // A torn line must not be continued by the next attempt.
      await this.close();
      throw thrown;
    }
    this.size = (this.size ?? 0) + bytes.length;
    this.buffered.splice(0, pieces);
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  /** Cuts off what an attempt that failed, or a writer that died, has left. */
  private async open(): Promise<FileHandle> {
    const handle = await open(this.path, 'a');
    try {
      this.size ??= await JournalFile.with(this.path, 0, (file) => file.end());
      if ((await handle.stat()).size > this.size) await handle.truncate(this.size);
      return handle;
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }
}
