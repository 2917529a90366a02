import type { Position, SourceRecord } from './ports/source';
import { Unprintable } from './unprintable';

/** A record as a source makes it: in clear, and therefore unprintable. */
export class ClearRecord extends Unprintable implements SourceRecord {
  constructor(
    readonly position: Position,
    readonly key: Uint8Array | null,
    readonly value: Uint8Array | null,
    readonly timestampMs: number | undefined,
    readonly headers: SourceRecord['headers'],
  ) {
    super();
  }
}
