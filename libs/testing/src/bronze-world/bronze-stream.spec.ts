import type { BronzeRow } from '../oracle/refined/bronze-row';
import type { Row } from '../oracle/refined/expected-table';
import { foldRefined } from '../oracle/refined/fold-refined';
import { foldHealth } from '../oracle/refined/health/fold-health';
import { foldLogistics } from '../oracle/refined/logistics/fold-logistics';
import type { StreamName } from '../lake/land-rows';
import { BronzeStream } from './bronze-stream';

const SIZE = 6_000;
const FROM = Date.UTC(2026, 10, 18);
const UNTIL = Date.UTC(2026, 10, 21);

function streamOf(stream: StreamName, seed = 1): BronzeStream {
  return new BronzeStream({ stream, seed, size: SIZE, fromMs: FROM, untilMs: UNTIL });
}

describe('the BRONZE rows of a proof', () => {
  const orders = streamOf('orders');
  const auth = streamOf('auth');
  const input = {
    orders: [...orders.take(SIZE)],
    auth: [...auth.take(SIZE)],
    audit: [...orders.audit(), ...auth.audit()],
    rekeys: orders.rekeys(),
  };
  const tables = new Map(foldRefined(input).map((table) => [table.name, table.rows]));
  const rowsOf = (name: string): readonly Row[] => tables.get(name) ?? [];
  const someOf = (name: string, matching: (row: Row) => boolean): void => {
    expect(rowsOf(name).filter(matching).length).toBeGreaterThan(2);
  };

  it('are the same for the same seed', () => {
    expect([...streamOf('auth').take(500)]).toEqual(input.auth.slice(0, 500));
    expect([...streamOf('auth', 2).take(500)]).not.toEqual(input.auth.slice(0, 500));
  });

  it('name a record once, and land in the order of their time', () => {
    const ids = [...input.orders, ...input.auth].map((row) =>
      [row.SOURCE, row.SOURCE_EPOCH, row.SOURCE_PARTITION, row.SOURCE_OFFSET].join('/'),
    );
    expect(new Set(ids).size).toBe(2 * SIZE);
    const times = input.orders.map((row) => row.INGESTED_AT);
    expect([...times].sort()).toEqual(times);
    expect(new Set(times).size).toBeLessThan(SIZE);
    expect(times.at(-1)?.slice(0, 10)).toMatch(/^2026-11-2[01]$/);
  });

  it('bring orders in every state, mended, late and ahead', () => {
    for (const state of ['created', 'paid', 'shipped', 'canceled', 'refunded']) {
      someOf('ORDERS', (row) => row.STATE === state);
    }
    someOf('ORDERS', (row) => row.HAS_LATE_EVENTS === 'true');
    someOf('ORDERS', (row) => (row.PAID_AT ?? '') < (row.CREATED_AT ?? '') && row.PAID_AT !== null);
    someOf('ORDERS', (row) => row.PAID_AT !== null && row.PAID_AT === row.CREATED_AT);
    someOf('ORDERS_EVENTS', (row) => row.IS_CLOCK_AHEAD === 'true');
    for (const rows of [input.orders, input.auth]) {
      const both = rows.filter((row) => row.SOURCE_TS !== null && row.SOURCE_TS > row.INGESTED_AT);
      expect(both.length).toBeGreaterThan(2);
    }
    expect(corrected(input.orders)).toBeGreaterThan(20);
    expect(corrected(input.auth)).toBeGreaterThan(20);
  });

  it('bring customers who change seldom, in one thing, and back', () => {
    const versions = rowsOf('CUSTOMER_VERSIONS');
    expect(versions.length).toBeLessThan(input.orders.length / 5);
    const says = ({ EMAIL, NAME, PHONE, REGION }: Row): string =>
      JSON.stringify([EMAIL, NAME, PHONE, REGION]);
    const back = versions.filter((row, index) => {
      const twoBefore = versions[index - 2];
      return (
        twoBefore !== undefined && twoBefore.CUSTOMER_ID === row.CUSTOMER_ID && says(twoBefore) === says(row)
      );
    });
    expect(back.length).toBeGreaterThan(5);
    someOf('CUSTOMER_VERSIONS', (row) => row.PHONE === null);
    for (const key of ['link-1', 'link-2', 'link-3']) {
      someOf('CUSTOMER_VERSIONS', (row) => row.MEMBER_LINK_TOKEN?.includes(key) === true);
    }
  });

  it('bring sessions in every state, across midnight, after failures', () => {
    for (const state of ['ended', 'expired', 'open']) someOf('SESSIONS', (row) => row.STATE === state);
    someOf('SESSIONS', (row) => row.ENDED_AT !== null && row.ENDED_AT?.slice(0, 10) !== row.SESSION_DATE);
    someOf('SESSIONS', (row) => Number(row.FAILED_LOGINS) > 1);
    const failedAt = new Set(
      rowsOf('AUTH_EVENTS')
        .filter((row) => row.EVENT_TYPE === 'login.failed')
        .map((row) => `${row.CUSTOMER_ID} ${row.HAPPENED_AT}`),
    );
    someOf('SESSIONS', (row) => failedAt.has(`${row.CUSTOMER_ID} ${row.STARTED_AT}`));
  });

  it('bring dead letters in every state, refused again among them', () => {
    for (const state of ['open', 'replayed', 'discarded'])
      someOf('DEAD_LETTERS', (row) => row.STATE === state);
    someOf('DEAD_LETTERS', (row) => row.REPLAYED_AT !== null && row.DISCARDED_AT !== null);
    someOf('DEAD_LETTERS', (row) => row.SOURCE?.startsWith('replay:') === true);
  });
});

describe("the health domain's rows of a proof", () => {
  const streams = {
    encounters: streamOf('encounters'),
    consents: streamOf('consents'),
    claims: streamOf('claims'),
  };
  const all = Object.values(streams);
  const input = {
    encounters: [...streams.encounters.take(SIZE)],
    consents: [...streams.consents.take(SIZE)],
    claims: [...streams.claims.take(SIZE)],
    audit: all.flatMap((stream) => stream.audit()),
    rekeys: all.flatMap((stream) => stream.rekeys()),
  };
  const tables = new Map(foldHealth(input).map((table) => [table.name, table.rows]));
  const someOf = (name: string, matching: (row: Row) => boolean): void => {
    expect((tables.get(name) ?? []).filter(matching).length).toBeGreaterThan(2);
  };

  it('bring encounters in every state, without a beginning, an end or a diagnosis', () => {
    for (const state of ['admitted', 'transferred', 'discharged'])
      someOf('ENCOUNTERS', (row) => row.STATE === state);
    someOf('ENCOUNTERS', (row) => row.ADMITTED_AT === null);
    someOf('ENCOUNTERS', (row) => row.STAY_HOURS === null && row.STATE === 'discharged');
    someOf('ENCOUNTERS', (row) => Number(row.STAY_HOURS) > 2);
    someOf('ENCOUNTERS', (row) => row.MAIN_DIAGNOSIS === null && row.DIAGNOSIS_COUNT !== '0');
    someOf('ENCOUNTERS', (row) => Number(row.TRANSFER_COUNT) > 1);
  });

  it('bring patients with tokens of every key, and consents that were taken back', () => {
    for (const key of ['token-1', 'token-2', 'token-3'])
      someOf('PATIENTS', (row) => row.PATIENT_ID?.includes(key) === true);
    someOf('PATIENTS', (row) => row.MEMBER_LINK_TOKEN?.includes('link-3') === true);
    someOf('PATIENTS', (row) => row.EMAIL === null && row.MEMBER_LINK_TOKEN === null);
    someOf('PATIENT_CONSENTS', (row) => row.IS_GRANTED === 'false' && row.EVENT_COUNT !== '1');
  });

  it('bring claims in every state, with halves of a cent', () => {
    for (const state of ['submitted', 'denied', 'approved', 'paid'])
      someOf('CLAIMS', (row) => row.STATE === state);
    someOf('CLAIMS', (row) => row.BILLED_USD === '1.01' || row.BILLED_USD === '2.68');
    someOf('DEAD_LETTERS', (row) => row.STREAM === 'claims_files_v1' && row.STATE === 'replayed');
  });
});

describe("the logistics domain's rows of a proof", () => {
  const stream = streamOf('shipments');
  const input = { shipments: [...stream.take(SIZE)], audit: stream.audit() };
  const tables = new Map(foldLogistics(input).map((table) => [table.name, table.rows]));
  const someOf = (name: string, matching: (row: Row) => boolean): void => {
    expect((tables.get(name) ?? []).filter(matching).length).toBeGreaterThan(2);
  };

  it('bring shipments in every state, on time, late, without a beginning', () => {
    for (const state of [
      'exception',
      'created',
      'picked_up',
      'in_transit',
      'out_for_delivery',
      'delivered',
      'returned',
    ])
      someOf('SHIPMENTS', (row) => row.STATE === state);
    for (const onTime of ['true', 'false']) someOf('SHIPMENTS', (row) => row.ON_TIME === onTime);
    someOf('SHIPMENTS', (row) => row.CREATED_AT === null);
    const isKnown = (row: Row): boolean => row.DELIVERED_AT !== null && row.PICKED_UP_AT !== null;
    someOf('SHIPMENTS', (row) => row.TRANSIT_HOURS === null && isKnown(row));
    someOf('SHIPMENTS', (row) => Number(row.TRANSIT_HOURS) > 2);
    someOf('SHIPMENTS', (row) => row.EXCEPTION_COUNT !== '0' && row.LAST_EXCEPTION_REASON === null);
    someOf('SHIPMENTS', (row) => ['0.001', '1.001', '2.068'].includes(row.WEIGHT_KG ?? ''));
  });

  it('bring days of carriers with and without hours, and promises kept, broken, open and moved', () => {
    someOf('CARRIER_PERFORMANCE', (row) => row.TRANSIT_HOURS_MEDIAN !== row.TRANSIT_HOURS_P90);
    someOf('CARRIER_PERFORMANCE', (row) => Number(row.TRANSIT_COUNT) > 10);
    for (const kept of ['true', 'false', null])
      someOf('DELIVERY_PROMISE', (row) => row.PROMISE_KEPT === kept);
    someOf('DELIVERY_PROMISE', (row) => Number(row.SHIPMENT_COUNT) > 1 && row.DELIVERED_AT !== null);
    someOf('DELIVERY_PROMISE', (row) => row.PROMISED_HOURS === null);
    someOf('DELIVERY_PROMISE', (row) => Number(row.MOVED_COUNT) > 0 && row.PROMISE_KEPT === 'true');
  });
});

/** Events that came again with other content. */
function corrected(rows: readonly BronzeRow[]): number {
  const payloads = new Map<string, Set<string>>();
  for (const { EVENT_ID: id, PAYLOAD: payload } of rows) {
    if (id !== null && payload !== null) payloads.set(id, (payloads.get(id) ?? new Set()).add(payload));
  }
  return [...payloads.values()].filter(({ size }) => size > 1).length;
}
