import type { BronzeRow } from './bronze-row';

const DAY = '2026-11-20';
let offset = 0;

/** `10:15`, `10:15:30` or `10:15:30.5` of one day as ISO 8601; a text with a date stays what it is. */
export function at(clock: string): string {
  return clock.includes('T') ? clock : `${DAY}T${clock.length === 5 ? `${clock}:00` : clock}Z`;
}

interface ByHand {
  readonly id: string;
  readonly type: string;
  /** When it happened; it arrives a second later unless `row` says otherwise. */
  readonly at: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly row?: Partial<BronzeRow>;
}

/** A landed row with offsets that grow from call to call. */
export function landedRow({ id, type, at: clock, payload, row }: ByHand, source: string): BronzeRow {
  const eventTs = at(clock);
  return {
    EVENT_ID: id,
    EVENT_TYPE: type,
    EVENT_TS: eventTs,
    SCHEMA_VERSION: '1.0.0',
    SUBJECT_KEY: null,
    OUTCOME: 'landed',
    PAYLOAD: JSON.stringify({ event_id: id, sent_at: eventTs, schema_version: '1.0.0', ...payload }),
    PHI_TAGS: '[]',
    LINK_TOKENS: null,
    CLASSIFICATION: 'pii',
    IS_LATE: false,
    DEAD_REASON: null,
    DEAD_STAGE: null,
    DEAD_ERRORS: null,
    DEAD_PAYLOAD: null,
    SOURCE: source,
    SOURCE_EPOCH: 1,
    SOURCE_PARTITION: '0',
    SOURCE_OFFSET: String(offset++),
    SOURCE_TS: null,
    SOURCE_HEADERS: null,
    RECORD_HASH: 'hash',
    REPLAY_OF: null,
    INGESTED_AT: new Date(Date.parse(eventTs) + 1_000).toISOString(),
    COLLECTOR: 'by-hand@0.1.0',
    CONTRACT_VERSION: '1.0.0',
    TRACE_ID: null,
    ...row,
  };
}

const ORDER = {
  order_id: 'ord_1',
  customer: { id: 'cus_1', email: 'alex@example.com', name: 'Alex Sample', phone: '+1-202-555-0100' },
  region: 'EMEA',
  currency: 'EUR',
  total_usd: 10,
  items: [{ sku: 'SKU-1', quantity: 1, unit_price_usd: 10 }],
  shipping_address: { line1: '1 Sample Street', city: 'Sampletown', postal_code: '00000', country: 'DE' },
  coupon: null,
};

/** An order event; `payload` is written over a standard one. */
export function orderRow(byHand: ByHand): BronzeRow {
  return landedRow({ ...byHand, payload: { ...ORDER, ...byHand.payload } }, 'kafka:orders.v1');
}

/** What the customer of an order event is. */
export function customer(name: string, more: Readonly<Record<string, unknown>> = {}) {
  return { customer: { ...ORDER.customer, name, ...more } };
}

/** An auth event; `payload` is written over a standard one. */
export function authRow(byHand: ByHand): BronzeRow {
  const session = {
    customer_id: 'cus_1',
    session_id: 'ses_1',
    ip: '203.0.113.0/24',
    user_agent: 'sample',
    device: 'mobile',
    region: 'EMEA',
  };
  return landedRow({ ...byHand, payload: { ...session, ...byHand.payload } }, 'kafka:auth.v1');
}

/** A dead letter of the orders stream. */
export function deadRow(row: Partial<BronzeRow>): BronzeRow {
  return {
    ...orderRow({ id: 'none', type: 'none', at: '10:00' }),
    EVENT_ID: null,
    EVENT_TYPE: null,
    EVENT_TS: null,
    SCHEMA_VERSION: null,
    PAYLOAD: null,
    PHI_TAGS: null,
    IS_LATE: null,
    OUTCOME: 'dead',
    DEAD_REASON: 'not_json',
    DEAD_STAGE: 'parse',
    DEAD_ERRORS: '[{"path":"","rule":"json"}]',
    DEAD_PAYLOAD: 'sealed',
    ...row,
  };
}
