import type { RekeyRow } from '../bronze-row';
import type { ExpectedTable, Row } from '../expected-table';
import { foldMembers } from './fold-members';

const table = (name: string, rows: readonly Row[]): ExpectedTable => ({
  schema: 'GOLD',
  name,
  key: [],
  rows,
});
const patient = (id: string, token: string | null): Row => ({
  PATIENT_ID: id,
  MEMBER_LINK_TOKEN: token,
  REGION: 'EMEA',
  ENCOUNTER_COUNT: '5',
  LAST_EVENT_AT: '2026-11-20T10:00:00.000000Z',
});
const customer = (id: string, token: string | null): Row => ({
  CUSTOMER_ID: id,
  MEMBER_LINK_TOKEN: token,
  REGION: 'NA',
  SINCE: '2026-11-01T10:00:00.000000Z',
});
const consent = (id: string, purpose: string, granted = true): Row => ({
  PATIENT_ID: id,
  PURPOSE: purpose,
  IS_GRANTED: String(granted),
  SINCE: '2026-11-02T10:00:00.000000Z',
});
const order = (id: string, state: string, total: string, day: string): Row => ({
  CUSTOMER_ID: id,
  STATE: state,
  TOTAL_USD: total,
  LAST_EVENT_AT: `2026-11-${day}T10:00:00.000000Z`,
});
const rekey = {
  OLD_TOKEN: 'lnk.1.a',
  NEW_TOKEN: 'lnk.2.a',
  AT: '2026-11-01T00:00:00.000000Z',
  TO_KEY: 'link-2',
};

function members(
  patients: readonly Row[],
  customers: readonly Row[],
  consents: readonly Row[],
  orders: Row[] = [],
) {
  const commerce = [table('CUSTOMERS', customers), table('ORDERS', orders)];
  const health = [table('PATIENTS', patients), table('PATIENT_CONSENTS', consents)];
  const tables = foldMembers(commerce, health, [rekey as RekeyRow]);
  return new Map(tables.map(({ name, rows }) => [name, rows]));
}

it('is each patient who consented and whose token is that of one customer', () => {
  const found = members(
    [patient('p1', 'lnk.2.a')],
    [customer('c1', 'lnk.1.a')],
    [consent('p1', 'member-service'), consent('p1', 'research'), consent('p1', 'care-coordination')],
    [
      order('c1', 'paid', '1.10', '04'),
      order('c1', 'shipped', '2.05', '03'),
      order('c1', 'refunded', '9', '02'),
    ],
  );
  expect(found.get('MEMBER_LINKS')).toHaveLength(2);
  expect(found.get('MEMBER_360')).toEqual([
    {
      PATIENT_ID: 'p1',
      PURPOSE: 'member-service',
      CONSENTED: 'true',
      CONSENTED_SINCE: '2026-11-02T10:00:00.000000Z',
      REGION: 'EMEA',
      CUSTOMER_REGION: 'NA',
      CUSTOMER_ID: 'c1',
      CUSTOMER_SINCE: '2026-11-01T10:00:00.000000Z',
      ORDER_COUNT: '3',
      LIFETIME_USD: '3.15',
      LAST_ORDER_AT: '2026-11-04T10:00:00.000000Z',
      ENCOUNTER_COUNT: '5',
      LAST_ENCOUNTER_AT: '2026-11-20T10:00:00.000000Z',
    },
  ]);
  expect(found.get('MEMBER_SEGMENTS')).toEqual([
    {
      PATIENT_ID: 'p1',
      PURPOSE: 'research',
      CONSENTED: 'true',
      REGION: 'EMEA',
      CUSTOMER_REGION: 'NA',
      ORDER_BAND: '2-4',
      ENCOUNTER_BAND: '5+',
    },
  ]);
});

it.each([
  ['who withdrew', [patient('p1', 'x')], [customer('c1', 'x')], [consent('p1', 'member-service', false)]],
  ['who never said so', [patient('p1', 'x')], [customer('c1', 'x')], [consent('p1', 'care-coordination')]],
  ['who has no token', [patient('p1', null)], [customer('c1', null)], [consent('p1', 'member-service')]],
  [
    'whose token two patients have',
    [patient('p1', 'x'), patient('p2', 'x')],
    [customer('c1', 'x')],
    [consent('p1', 'member-service')],
  ],
  [
    'whose token two customers have',
    [patient('p1', 'x')],
    [customer('c1', 'x'), customer('c2', 'x')],
    [consent('p1', 'member-service')],
  ],
] as const)('is nobody %s', (_, patients, customers, consents) => {
  expect(members(patients, customers, consents).get('MEMBER_LINKS')).toEqual([]);
});
