import { sameVersion, versionColumns, type CustomerVersion } from './customer-versions';
import { flag, time, type ExpectedTable } from './expected-table';
import { by, groupBy } from './order-by';

interface CustomerPeriod {
  readonly version: CustomerVersion;
  readonly next: CustomerVersion | undefined;
}

/** A version that a frozen one already said is none of its own. */
export function customerPeriods(versions: readonly CustomerVersion[]): readonly CustomerPeriod[] {
  return [...groupBy(versions, (version) => version.customerId).values()].flatMap((own) => {
    const inOrder = [...own].sort(by((version) => version.validFrom));
    const kept = inOrder.filter((version, index) => {
      const before = inOrder[index - 1];
      return before === undefined || !sameVersion(version, before);
    });
    return kept.map((version, index) => ({ version, next: kept[index + 1] }));
  });
}

export function expectedCustomersScd(periods: readonly CustomerPeriod[]): ExpectedTable {
  const rows = periods.map(({ version, next }) => ({
    ...versionColumns(version),
    VALID_TO: time(next?.validFrom ?? null),
    IS_CURRENT: flag(next === undefined),
  }));
  return { schema: 'GOLD', name: 'CUSTOMERS_SCD', key: ['CUSTOMER_ID', 'VALID_FROM'], rows };
}

export function expectedCustomers(periods: readonly CustomerPeriod[]): ExpectedTable {
  const rows = periods
    .filter(({ next }) => next === undefined)
    .map(({ version }) => {
      const { VALID_FROM: since = null, ...columns } = versionColumns(version);
      return { ...columns, SINCE: since };
    });
  return { schema: 'GOLD', name: 'CUSTOMERS', key: ['CUSTOMER_ID'], rows };
}
