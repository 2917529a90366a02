import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';

/** What the demo runs: a collector for each stream. */
export interface DemoStream {
  readonly app: string;
  readonly events: 'orders' | 'auth';
  readonly contract: StreamContract<'kafka'>;
  /** The table of GOLD that each of its events is folded into, and by what. */
  readonly gold: {
    readonly table: string;
    readonly key: string;
    /** Of the key in an event. */
    readonly path: string;
    /** In SQL: which events make a row. */
    readonly counts: string;
  };
}

export const STREAMS: readonly DemoStream[] = [
  {
    app: 'orders-events-collector',
    events: 'orders',
    contract: ordersEventsV1,
    gold: { table: 'ORDERS', key: 'ORDER_ID', path: 'order_id', counts: 'true' },
  },
  {
    app: 'auth-events-collector',
    events: 'auth',
    contract: authEventsV1,
    // A session in which nobody succeeded is none.
    gold: {
      table: 'SESSIONS',
      key: 'SESSION_ID',
      path: 'session_id',
      counts: "EVENT_TYPE <> 'login.failed'",
    },
  },
];

export function tableName({ table }: StreamContract): string {
  return `${table.database}.${table.schema}.${table.name}`;
}
