import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';

/** What the demo runs: a collector for each stream. */
export interface DemoStream {
  readonly app: string;
  readonly events: 'orders' | 'auth';
  readonly contract: StreamContract;
}

export const STREAMS: readonly DemoStream[] = [
  { app: 'orders-events-collector', events: 'orders', contract: ordersEventsV1 },
  { app: 'auth-events-collector', events: 'auth', contract: authEventsV1 },
];

export function tableName({ table }: StreamContract): string {
  return `${table.database}.${table.schema}.${table.name}`;
}
