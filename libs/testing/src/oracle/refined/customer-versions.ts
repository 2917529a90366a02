import type { Row } from './expected-table';
import { time, type ExpectedTable } from './expected-table';
import type { Instant } from './instant';
import { by, greatest, groupBy } from './order-by';
import type { OrderEvent } from './orders-events';

/** What was true of a customer from a time on. */
export interface CustomerVersion {
  readonly customerId: string;
  readonly validFrom: Instant;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly region: string | null;
  readonly memberLinkToken: string | null;
}

export const sameVersion = (a: CustomerVersion, b: CustomerVersion): boolean =>
  a.email === b.email && a.name === b.name && a.phone === b.phone && a.region === b.region;

/** Of each customer the versions in their order: one begins where what is seen differs from what was seen before. */
export function customerVersions(
  events: readonly OrderEvent[],
  newestToken: (token: string | null) => string | null,
): readonly CustomerVersion[] {
  const seenAtOnce = by<OrderEvent>((event) => event.eventId);
  return [...groupBy(events, (event) => event.customerId).values()].flatMap((own) => {
    const observations = [...groupBy(own, (event) => String(event.happenedAt)).values()]
      .map((atOnce) => greatest(atOnce, seenAtOnce))
      .sort(by((event) => event.happenedAt))
      .map((event) => ({
        customerId: event.customerId,
        validFrom: event.happenedAt,
        email: event.email,
        name: event.name,
        phone: event.phone,
        region: event.region,
        memberLinkToken: newestToken(event.memberLinkToken),
      }));
    return observations.filter((seen, index) => {
      const before = observations[index - 1];
      return before === undefined || !sameVersion(seen, before);
    });
  });
}

export function versionColumns(version: CustomerVersion): Row {
  return {
    CUSTOMER_ID: version.customerId,
    VALID_FROM: time(version.validFrom),
    EMAIL: version.email,
    NAME: version.name,
    PHONE: version.phone,
    REGION: version.region,
    MEMBER_LINK_TOKEN: version.memberLinkToken,
  };
}

export function expectedCustomerVersions(versions: readonly CustomerVersion[]): ExpectedTable {
  const rows = versions.map(versionColumns);
  return { schema: 'GOLD', name: 'CUSTOMER_VERSIONS', key: ['CUSTOMER_ID', 'VALID_FROM'], rows };
}
