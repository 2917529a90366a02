import type { ExpectedTable } from './expected-table';
import type { LandedEvent } from './landed-events';
import { silverRow, textAt } from './silver-columns';

/** An auth event with the values that GOLD folds. */
export interface AuthEvent extends LandedEvent {
  readonly customerId: string;
  readonly sessionId: string;
  readonly device: string | null;
  readonly region: string | null;
}

export function authEvent(event: LandedEvent): AuthEvent {
  return {
    ...event,
    customerId: textAt(event.payload, 'customer_id') ?? '',
    sessionId: textAt(event.payload, 'session_id') ?? '',
    device: textAt(event.payload, 'device'),
    region: textAt(event.payload, 'region'),
  };
}

export function expectedAuthEvents(events: readonly AuthEvent[]): ExpectedTable {
  const rows = events.map((event) =>
    silverRow(event, {
      CUSTOMER_ID: event.customerId,
      SESSION_ID: event.sessionId,
      IP: textAt(event.payload, 'ip'),
      USER_AGENT: textAt(event.payload, 'user_agent'),
      DEVICE: event.device,
      REGION: event.region,
    }),
  );
  return { schema: 'SILVER', name: 'AUTH_EVENTS', key: ['EVENT_ID'], rows };
}
