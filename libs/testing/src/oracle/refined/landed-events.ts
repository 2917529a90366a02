import { recordIdOf, type BronzeRow } from './bronze-row';
import { instantOf, SECOND, type Instant } from './instant';
import { by, greatest, groupBy } from './order-by';

/** How far a clock may be ahead of the arrival before it counts as wrong. */
const CLOCK_TOLERANCE: Instant = 60 * SECOND;

/** What an event of SILVER has, whatever its stream. */
export interface LandedEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly eventTs: Instant;
  readonly happenedAt: Instant;
  readonly isLate: boolean;
  readonly isClockAhead: boolean;
  /** Rows of the same key that lost against this one. */
  readonly duplicates: number;
  readonly ingestedAt: Instant;
  readonly contractVersion: string;
  readonly recordId: string;
  /** From 1, in the order in which the rows landed; LANDED_ORDER sorts like it. */
  readonly landedRank: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly linkTokens: Readonly<Record<string, string>>;
}

/** A row, and what it is ordered by, read once. */
interface Landed {
  readonly row: BronzeRow;
  readonly at: Instant;
  /** A number, or two: a sequence number and the place within an aggregate. */
  readonly offset: readonly [bigint, bigint];
}

const landedLast = by<Landed>(
  ({ at }) => at,
  ({ row }) => row.SOURCE,
  ({ row }) => row.SOURCE_EPOCH,
  ({ row }) => row.SOURCE_PARTITION,
  ({ offset }) => offset[0],
  ({ offset }) => offset[1],
);

/** The landed rows, of each key the one that landed last. */
export function landedEvents(rows: Iterable<BronzeRow>): readonly LandedEvent[] {
  const landed = [...rows]
    .filter((row) => row.OUTCOME === 'landed')
    .map((row) => ({ row, at: instantOf(row.INGESTED_AT), offset: offsetOf(row.SOURCE_OFFSET) }));
  const winners = [...groupBy(landed, ({ row }) => row.EVENT_ID ?? '').values()].map((same) => ({
    last: greatest(same, landedLast),
    duplicates: same.length - 1,
  }));
  return winners
    .sort((a, b) => landedLast(a.last, b.last))
    .map(({ last, duplicates }, index) => landedEvent(last.row, duplicates, index + 1));
}

function offsetOf(text: string): Landed['offset'] {
  const [first = '', second = '0'] = text.split(':');
  return [BigInt(first), BigInt(second)];
}

/** A producer may write the source's time, too: nothing arrived after it was ingested. */
function arrivalOf({ SOURCE_TS: sourceTs, INGESTED_AT: ingestedAt }: BronzeRow): Instant {
  const ingested = instantOf(ingestedAt);
  if (sourceTs === null) return ingested;
  const taken = instantOf(sourceTs);
  return taken < ingested ? taken : ingested;
}

function landedEvent(row: BronzeRow, duplicates: number, landedRank: number): LandedEvent {
  const eventTs = instantOf(row.EVENT_TS ?? '');
  const arrival = arrivalOf(row);
  const isClockAhead = eventTs - arrival > CLOCK_TOLERANCE;
  return {
    eventId: row.EVENT_ID ?? '',
    eventType: row.EVENT_TYPE ?? '',
    eventTs,
    // A wrong clock must not outrank what comes later.
    happenedAt: isClockAhead ? arrival : eventTs,
    isLate: row.IS_LATE ?? false,
    isClockAhead,
    duplicates,
    ingestedAt: instantOf(row.INGESTED_AT),
    contractVersion: row.CONTRACT_VERSION,
    recordId: recordIdOf(row),
    landedRank,
    payload: JSON.parse(row.PAYLOAD ?? '{}') as Readonly<Record<string, unknown>>,
    linkTokens: JSON.parse(row.LINK_TOKENS ?? '{}') as Readonly<Record<string, string>>,
  };
}
