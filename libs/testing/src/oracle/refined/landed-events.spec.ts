import { landedEvents, type LandedEvent } from './landed-events';
import { instantOf, isoOf } from './instant';
import { at, deadRow, orderRow } from './rows-by-hand';

const created = (row: Parameters<typeof orderRow>[0]['row'] = {}, total = 10, id = 'e1') =>
  orderRow({ id, type: 'order.created', at: '10:00', payload: { total_usd: total }, row });
const totals = (events: readonly LandedEvent[]): unknown[] => events.map(({ payload }) => payload.total_usd);

const SEQUENCE = '49590338271490256608559692538361571095921575989136588898';

describe('landed events', () => {
  it('are not the dead ones', () => {
    expect(landedEvents([deadRow({}), created()])).toHaveLength(1);
  });

  it('take of several rows the one that landed last, in whatever order they are read, and count the others', () => {
    const [first, second, third] = [
      created({ INGESTED_AT: at('11:00') }, 1),
      created({ INGESTED_AT: at('13:00') }, 3),
      created({ INGESTED_AT: at('12:00') }, 2),
    ];
    for (const rows of [
      [first, second, third],
      [third, second, first],
      [second, first, third],
    ]) {
      const events = landedEvents(rows);
      expect(totals(events)).toEqual([3]);
      expect(events[0]?.duplicates).toBe(2);
    }
  });

  it.each([
    ['the source', { SOURCE: 'kafka:orders.v1' }, { SOURCE: 'replay:kafka:orders.v1' }],
    ['a source that begins like another', { SOURCE: 'kafka:orders.v1' }, { SOURCE: 'kafka:orders.v12' }],
    ['the epoch as a number', { SOURCE_EPOCH: 9 }, { SOURCE_EPOCH: 10 }],
    ['the partition as a text', { SOURCE_PARTITION: '10' }, { SOURCE_PARTITION: '9' }],
    ['the offset as a number', { SOURCE_OFFSET: '9' }, { SOURCE_OFFSET: '10' }],
    [
      'an offset that no double holds',
      { SOURCE_OFFSET: '9007199254740992' },
      { SOURCE_OFFSET: '9007199254740993' },
    ],
    [
      'the place within an aggregate as a number',
      { SOURCE_OFFSET: `${SEQUENCE}:9` },
      { SOURCE_OFFSET: `${SEQUENCE}:10` },
    ],
    [
      'a sequence number before the place within it',
      { SOURCE_OFFSET: `${SEQUENCE}:10` },
      { SOURCE_OFFSET: `1${SEQUENCE}:9` },
    ],
  ])('that landed at the same instant are ordered by %s', (_, earlier, later) => {
    const now = { INGESTED_AT: at('11:00') };
    expect(
      totals(landedEvents([created({ ...now, ...later }, 2), created({ ...now, ...earlier }, 1)])),
    ).toEqual([2]);
  });

  it('are told in the order in which they landed', () => {
    const events = landedEvents([
      created({ INGESTED_AT: at('12:00') }, 2, 'e2'),
      created({ INGESTED_AT: at('11:00') }, 1, 'e1'),
    ]);
    expect(events.map(({ eventId, landedRank }) => [eventId, landedRank])).toEqual([
      ['e1', 1],
      ['e2', 2],
    ]);
  });

  it.each([
    ['a minute ahead is right', { EVENT_TS: at('10:01'), SOURCE_TS: at('10:00') }, false, '10:01'],
    ['more is wrong', { EVENT_TS: at('10:01:00.001'), SOURCE_TS: at('10:00') }, true, '10:00'],
    [
      'the arrival is when the source took it, not when it was read',
      { EVENT_TS: at('10:05'), SOURCE_TS: at('10:00'), INGESTED_AT: at('11:00') },
      true,
      '10:00',
    ],
    [
      'or when it was read, where the source does not know',
      { EVENT_TS: at('12:00'), SOURCE_TS: null, INGESTED_AT: at('11:00') },
      true,
      '11:00',
    ],
    [
      'nor after it was read, where the same clock wrote both',
      { EVENT_TS: at('12:00'), SOURCE_TS: at('12:00'), INGESTED_AT: at('11:00') },
      true,
      '11:00',
    ],
    [
      'a source that is ahead by less than what is tolerated changes nothing',
      { EVENT_TS: at('11:01'), SOURCE_TS: at('11:01'), INGESTED_AT: at('11:00') },
      false,
      '11:01',
    ],
    ['late is not ahead', { EVENT_TS: at('08:00'), SOURCE_TS: at('11:00') }, false, '08:00'],
  ])('%s', (_, row, isClockAhead, happenedAt) => {
    const [event] = landedEvents([created(row)]);
    expect(event?.isClockAhead).toBe(isClockAhead);
    expect(isoOf(event?.happenedAt ?? 0)).toBe(isoOf(instantOf(at(happenedAt))));
    expect(isoOf(event?.eventTs ?? 0)).toBe(isoOf(instantOf(row.EVENT_TS)));
  });

  it('read times of any offset, to the microsecond', () => {
    expect(isoOf(instantOf('2026-11-20T01:30:00.1234567+02:00'))).toBe('2026-11-19T23:30:00.123456Z');
    expect(isoOf(instantOf('1969-12-31T23:59:59.25Z'))).toBe('1969-12-31T23:59:59.250000Z');
    expect(() => instantOf('2026-11-20')).toThrow('not a time');
  });
});
