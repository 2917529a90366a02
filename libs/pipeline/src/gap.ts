import { Failure } from './failure';
import type { Checkpoint, LogBounds, Position, SourcePartition } from './ports/source';

/** Records after `from`, up to and including `to`, are gone from the source and were never committed. */
export interface GapBounds {
  readonly from: Position;
  readonly to: Position;
}

/** A gap as it is told to people: in positions, in records and in time. */
export interface Gap extends GapBounds {
  /** How many are gone; undefined where the source cannot count. */
  readonly records: number | undefined;
  /** When the source took a record that was committed before the gap, epoch milliseconds; undefined: unknown. */
  readonly sinceMs: number | undefined;
  /** When it took the first record after the gap. */
  readonly untilMs: number | undefined;
}

/** Tells a gap once, however often the channel is opened before anything after it is committed. */
export class ReportedGaps {
  private last: Gap | undefined;

  isNew(gap: Gap): boolean {
    const { from, to } = this.last ?? {};
    this.last = gap;
    return gap.from !== from || gap.to !== to;
  }
}

/** @throws Failure when the source cannot be asked */
export async function measureGap(
  { from, to }: GapBounds,
  partition: SourcePartition,
  { last }: LogBounds,
  checkpoint: Checkpoint | undefined,
): Promise<Gap> {
  const sinceMs = checkpoint?.sourceMs;
  const isEmpty = to === last;
  const [records, untilMs] = await Promise.all([
    partition.countRecords(from, to),
    isEmpty ? undefined : partition.timeOfFirst?.(sinceMs ?? 0),
  ]);
  return { from, to, records, sinceMs, untilMs };
}

/** The gap as a reason to stop. */
export function retentionGap({ from, to, records, sinceMs, untilMs }: Gap): Failure {
  const count = records === undefined ? 'the records' : `${records} records`;
  const time = `taken from ${instant(sinceMs)} to ${instant(untilMs)}`;
  return new Failure(
    'setup',
    'retention_gap',
    `retention has passed the committed position: ${count} after ${from} up to ${to} are gone, ${time}`,
    { cure: 'restore them to the source, or accept the gap with onGap: continue in the contract' },
  );
}

function instant(ms: number | undefined): string {
  return ms === undefined ? 'an unknown time' : new Date(ms).toISOString();
}
