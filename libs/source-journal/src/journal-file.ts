import type { SeekTarget } from '@das/pipeline';
import { type FileHandle, open } from 'node:fs/promises';
import { ifThere } from './error-code';
import { CHUNK_BYTES, NEWLINE } from './limits';
import { offsetOf } from './position';

/** An open partition file. Nothing is read in pieces larger than a chunk. */
export class JournalFile {
  private constructor(private readonly handle: FileHandle) {}

  /** @returns `undefined` when there is no such file */
  static async open(path: string): Promise<JournalFile | undefined> {
    const handle = await ifThere(open(path, 'r'));
    return handle === undefined ? undefined : new JournalFile(handle);
  }

  /** The answer of `act` over the open file, or `missing` when there is none. */
  static async with<T>(path: string, missing: T, act: (file: JournalFile) => Promise<T>): Promise<T> {
    const file = await JournalFile.open(path);
    if (file === undefined) return missing;
    try {
      return await act(file);
    } finally {
      await file.close();
    }
  }

  async stat(): Promise<{ size: number; ino: number; dev: number }> {
    return this.handle.stat();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Up to a chunk from `from`; shorter at the file's end. The buffer is the caller's. */
  async read(from: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(Math.min(length, CHUNK_BYTES));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await this.handle.read(buffer, filled, buffer.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  /** The greatest offset at or before `offset` where a line begins. */
  async lineStart(offset: number): Promise<number> {
    let end = offset;
    while (end > 0) {
      const from = Math.max(0, end - CHUNK_BYTES);
      const newline = (await this.read(from, end - from)).lastIndexOf(NEWLINE);
      if (newline >= 0) return from + newline + 1;
      end = from;
    }
    return 0;
  }

  /** Where the last whole line ends. */
  async end(): Promise<number> {
    return this.lineStart((await this.stat()).size);
  }

  /** Where reading begins; beyond the file's end when the target is. */
  async startOf(target: SeekTarget): Promise<number> {
    const offset = offsetOf('at' in target ? target.at : target.after);
    if (offset > (await this.stat()).size) return offset;
    const start = await this.lineStart(offset);
    // A line ends at `offset` only where another one could begin.
    return 'at' in target && offset > 0 && start === offset ? this.lineStart(offset - 1) : start;
  }

  async countLines(from: number, to: number): Promise<number> {
    let count = 0;
    for (let at = from; at < to;) {
      const chunk = await this.read(at, to - at);
      if (chunk.length === 0) break;
      for (let i = chunk.indexOf(NEWLINE); i >= 0; i = chunk.indexOf(NEWLINE, i + 1)) count++;
      at += chunk.length;
    }
    return count;
  }
}
