import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import { authEvent, expectedAuthEvents } from './auth-events';
import type { AuditRow, BronzeRow, RekeyRow } from './bronze-row';
import { customerVersions, expectedCustomerVersions } from './customer-versions';
import { customerPeriods, expectedCustomers, expectedCustomersScd } from './customers';
import { expectedDeadLetters } from './dead-letters';
import type { ExpectedTable } from './expected-table';
import { foldOrders } from './folded-orders';
import { SECOND } from './instant';
import { landedEvents } from './landed-events';
import { newestTokens } from './newest-tokens';
import { expectedOrderLines } from './order-lines';
import { expectedOrders } from './orders';
import { expectedOrdersEvents, orderEvent } from './orders-events';
import { expectedSessions } from './sessions';

/** Everything of BROOK_COMMERCE that is refined. */
export interface RefinedInput {
  readonly orders: readonly BronzeRow[];
  readonly auth: readonly BronzeRow[];
  readonly audit: readonly AuditRow[];
  readonly rekeys: readonly RekeyRow[];
}

/**
 * What SILVER, GOLD and OPS.DEAD_LETTERS should hold, from the rows alone and however they were delivered. Written from
 * the contracts' words: it shares nothing with the SQL that it judges.
 */
export function foldRefined({ orders, auth, audit, rekeys }: RefinedInput): readonly ExpectedTable[] {
  const orderEvents = landedEvents(orders).map(orderEvent);
  const authEvents = landedEvents(auth).map(authEvent);
  const folded = foldOrders(orderEvents);
  const versions = customerVersions(orderEvents, newestTokens(rekeys));
  const periods = customerPeriods(versions);
  return [
    expectedOrdersEvents(orderEvents),
    expectedAuthEvents(authEvents),
    expectedOrders(folded),
    expectedOrderLines(folded),
    expectedCustomerVersions(versions),
    expectedCustomersScd(periods),
    expectedCustomers(periods),
    expectedSessions(authEvents, authEventsV1.lateness.watermarkSeconds * SECOND),
    expectedDeadLetters(
      new Map([
        [ordersEventsV1.stream, orders],
        [authEventsV1.stream, auth],
      ]),
      audit,
    ),
  ];
}
