import type { SourceRecord } from '@das/pipeline';
import { stat } from 'node:fs/promises';
import { ifThere } from './error-code';
import type { JournalFile } from './journal-file';
import { CHUNK_BYTES, NEWLINE } from './limits';
import { LineCutter } from './line-cutter';

/** What a look at the file gave. */
export type TailStep =
  | { readonly kind: 'read'; readonly records: readonly SourceRecord[] }
  | { readonly kind: 'idle' }
  /** The file was truncated, replaced or removed. */
  | { readonly kind: 'moved' }
  /** A line that is too long begins at this offset. */
  | { readonly kind: 'blocked'; readonly offset: number };

/** Reads one file onwards from the beginning of a line. */
export class JournalTail {
  private readonly cutter: LineCutter;
  /** The byte before `offset`: when it changes, the file was rewritten in place. */
  private lastByte = NEWLINE;

  constructor(
    private readonly path: string,
    private readonly file: JournalFile,
    private offset: number,
  ) {
    this.cutter = new LineCutter(offset);
  }

  /** After a rejection the same may be asked again. */
  async next(): Promise<TailStep> {
    const [now, opened] = await Promise.all([ifThere(stat(this.path)), this.file.stat()]);
    if (now?.ino !== opened.ino || now.dev !== opened.dev) return { kind: 'moved' };
    if (now.size < this.offset) return { kind: 'moved' };
    const { tooLongAt } = this.cutter;
    if (tooLongAt !== undefined) return { kind: 'blocked', offset: tooLongAt };
    if (now.size === this.offset) return { kind: 'idle' };
    const overlap = this.offset === 0 ? 0 : 1;
    const chunk = await this.file.read(this.offset - overlap, CHUNK_BYTES);
    if (overlap === 1 && chunk[0] !== this.lastByte) return { kind: 'moved' };
    const fresh = chunk.subarray(overlap);
    this.offset += fresh.length;
    this.lastByte = fresh.at(-1) ?? this.lastByte;
    return { kind: 'read', records: this.cutter.cut(fresh) };
  }
}
