import type { BronzeRow, RekeyRow } from './bronze-row';
import { customerPeriods } from './customers';
import { customerVersions, type CustomerVersion } from './customer-versions';
import type { Row } from './expected-table';
import { foldRefined } from './fold-refined';
import { newestTokens } from './newest-tokens';
import { at, customer, orderRow } from './rows-by-hand';

function table(name: string, orders: readonly BronzeRow[], rekeys: readonly RekeyRow[] = []): readonly Row[] {
  return (
    foldRefined({ orders, auth: [], audit: [], rekeys }).find((expected) => expected.name === name)?.rows ??
    []
  );
}
let ids = 0;
const seen = (clock: string, name: string, id = `e${ids++}`, row: Partial<BronzeRow> = {}): BronzeRow =>
  orderRow({ id, type: 'order.created', at: clock, payload: customer(name), row });
const history = (orders: readonly BronzeRow[]) =>
  table('CUSTOMERS_SCD', orders).map((row) => [
    row.NAME,
    row.VALID_FROM?.slice(11, 16),
    row.VALID_TO?.slice(11, 16) ?? null,
    row.IS_CURRENT,
  ]);

describe('expected customers', () => {
  it('have a version from each change on, one that goes back included', () => {
    const orders = [seen('10:00', 'A'), seen('11:00', 'A'), seen('12:00', 'B'), seen('13:00', 'A')];
    expect(history(orders)).toEqual([
      ['A', '10:00', '12:00', 'false'],
      ['B', '12:00', '13:00', 'false'],
      ['A', '13:00', null, 'true'],
    ]);
    expect(history([...orders].reverse())).toEqual(history(orders));
    expect(table('CUSTOMERS', orders)).toEqual([
      {
        CUSTOMER_ID: 'cus_1',
        EMAIL: 'alex@example.com',
        NAME: 'A',
        PHONE: '+1-202-555-0100',
        REGION: 'EMEA',
        MEMBER_LINK_TOKEN: null,
        SINCE: '2026-11-20T13:00:00.000000Z',
      },
    ]);
  });

  it('are mended by what comes late: a change moves back, or one appears between two that were the same', () => {
    const orders = [seen('10:00', 'A'), seen('12:00', 'A')];
    expect(history(orders)).toEqual([['A', '10:00', null, 'true']]);
    expect(history([...orders, seen('11:00', 'B')])).toEqual([
      ['A', '10:00', '11:00', 'false'],
      ['B', '11:00', '12:00', 'false'],
      ['A', '12:00', null, 'true'],
    ]);
  });

  it('take of what is seen at the same instant the greatest id', () => {
    expect(history([seen('10:00', 'B', 'y'), seen('10:00', 'A', 'x')])).toEqual([
      ['B', '10:00', null, 'true'],
    ]);
  });

  it('see a phone that vanishes, and one that was never there', () => {
    const phoneless = orderRow({
      id: 'p',
      type: 'order.paid',
      at: '11:00',
      payload: customer('A', { phone: undefined }),
    });
    const later = { ...phoneless, EVENT_ID: 'q', EVENT_TS: at('12:00'), INGESTED_AT: at('12:01') };
    expect(table('CUSTOMERS_SCD', [seen('10:00', 'A'), phoneless, later]).map((row) => row.PHONE)).toEqual([
      '+1-202-555-0100',
      null,
    ]);
  });

  it('have the token of what began the version, under the newest key', () => {
    const token = (name: string) => ({ LINK_TOKENS: JSON.stringify({ member: name }) });
    const rekey = (TO_KEY: string, NEW_TOKEN: string, clock: string): RekeyRow => ({
      PURPOSE: 'link',
      FROM_KEY: 'link-1',
      TO_KEY,
      OLD_TOKEN: 'one',
      NEW_TOKEN,
      AT: at(clock),
      ACTOR: 'test',
    });
    const orders = [
      seen('10:00', 'A', 'x', token('one')),
      seen('11:00', 'A', 'y', token('other')),
      seen('12:00', 'B', 'z', token('two')),
    ];
    const rekeys = [
      rekey('link-3', 'three', '09:00'),
      rekey('link-2', 'two', '08:00'),
      rekey('link-4', 'four', '09:00'),
    ];
    expect(table('CUSTOMER_VERSIONS', orders, rekeys).map((row) => row.MEMBER_LINK_TOKEN)).toEqual([
      'four',
      'two',
    ]);
    expect(newestTokens(rekeys)(null)).toBeNull();
  });

  it('leave out what a frozen version already said', () => {
    const version = (validFrom: number, name: string): CustomerVersion => ({
      customerId: 'c',
      validFrom,
      email: null,
      name,
      phone: null,
      region: null,
      memberLinkToken: null,
    });
    const periods = customerPeriods([version(3, 'B'), version(1, 'A'), version(2, 'A')]);
    expect(periods.map(({ version: { validFrom }, next }) => [validFrom, next?.validFrom])).toEqual([
      [1, 3],
      [3, undefined],
    ]);
    expect(customerVersions([], newestTokens([]))).toEqual([]);
  });
});
