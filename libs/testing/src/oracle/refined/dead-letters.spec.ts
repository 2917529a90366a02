import type { AuditRow, BronzeRow } from './bronze-row';
import type { Row } from './expected-table';
import { foldRefined } from './fold-refined';
import { at, deadRow, orderRow } from './rows-by-hand';

function letters(orders: readonly BronzeRow[], audit: readonly AuditRow[] = []): readonly Row[] {
  return (
    foldRefined({ orders, auth: [], audit, rekeys: [] }).find(({ name }) => name === 'DEAD_LETTERS')?.rows ??
    []
  );
}
const refused = deadRow({ SOURCE_OFFSET: '7' });
const id = 'kafka:orders.v1/1/0/7';
const replay = (clock: string, offset: string): BronzeRow =>
  orderRow({
    id: 'e',
    type: 'order.created',
    at: '10:00',
    row: { SOURCE: 'replay:kafka:orders.v1', SOURCE_OFFSET: offset, REPLAY_OF: id, INGESTED_AT: at(clock) },
  });
const audited = (ACTION: AuditRow['ACTION'], clock: string): AuditRow => ({
  AUDIT_ID: clock,
  AT: at(clock),
  ACTOR: 'test',
  ACTION,
  STREAM: 'orders_events_v1',
  RECORD: id,
  SELECTION: null,
  REASON: null,
});

describe('expected dead letters', () => {
  it('are what was refused, and open at first', () => {
    expect(letters([refused, orderRow({ id: 'e', type: 'order.created', at: '10:00' })])).toEqual([
      {
        ID: id,
        STREAM: 'orders_events_v1',
        REASON: 'not_json',
        STAGE: 'parse',
        ERRORS: '[{"path":"","rule":"json"}]',
        SOURCE: 'kafka:orders.v1',
        SOURCE_EPOCH: '1',
        SOURCE_PARTITION: '0',
        SOURCE_OFFSET: '7',
        INGESTED_AT: '2026-11-20T10:00:01.000000Z',
        COLLECTOR: 'by-hand@0.1.0',
        CONTRACT_VERSION: '1.0.0',
        STATE: 'open',
        REPLAYED_AT: null,
        DISCARDED_AT: null,
      },
    ]);
  });

  it('are replayed from the first replay on, whatever was read before', () => {
    for (const rows of [
      [refused, replay('12:00', '7'), replay('11:00', '8')],
      [replay('11:00', '8'), refused],
    ]) {
      expect(letters(rows)).toEqual([
        expect.objectContaining({ STATE: 'replayed', REPLAYED_AT: '2026-11-20T11:00:00.000000Z' }),
      ]);
    }
  });

  it('are discarded by a discard alone, and replayed rather than discarded', () => {
    expect(letters([refused], [audited('reveal', '11:00')])[0]).toMatchObject({ STATE: 'open' });
    const discards = [audited('discard', '12:00'), audited('discard', '11:00')];
    expect(letters([refused], discards)[0]).toMatchObject({
      STATE: 'discarded',
      DISCARDED_AT: '2026-11-20T11:00:00.000000Z',
    });
    expect(letters([refused, replay('13:00', '7')], discards)[0]).toMatchObject({
      STATE: 'replayed',
      DISCARDED_AT: '2026-11-20T11:00:00.000000Z',
    });
  });

  it('are refused again under a name of their own', () => {
    const again = deadRow({ SOURCE: 'replay:kafka:orders.v1', SOURCE_OFFSET: '7', REPLAY_OF: id });
    expect(letters([refused, again]).map((row) => [row.ID, row.STATE])).toEqual([
      [id, 'replayed'],
      [`replay:${id}`, 'open'],
    ]);
  });
});
