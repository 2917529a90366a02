import type { RekeyRow } from '../bronze-row';
import { unitsOf } from '../decimal';
import { money, whole, type ExpectedTable, type Row } from '../expected-table';
import { groupBy } from '../order-by';
import { newestOf } from './newest';

const SPENT = ['paid', 'shipped'];
const PURPOSES = { MEMBER_360: 'member-service', MEMBER_SEGMENTS: 'research' } as const;

/**
 * Who is a customer and a patient and consented to it, from the tables that `foldRefined` and `foldHealth` expect.
 * @param rekeys - of BROOK_HEALTH
 */
export function foldMembers(
  commerce: readonly ExpectedTable[],
  health: readonly ExpectedTable[],
  rekeys: readonly RekeyRow[],
): readonly ExpectedTable[] {
  const newest = newestOf(rekeys);
  const byToken = (rows: readonly Row[]): Map<string, Row[]> =>
    groupBy(
      rows.filter((row) => row.MEMBER_LINK_TOKEN !== null),
      (row) => newest(row.MEMBER_LINK_TOKEN ?? ''),
    );
  const customers = byToken(rowsOf(commerce, 'CUSTOMERS'));
  const orders = groupBy(rowsOf(commerce, 'ORDERS'), (row) => row.CUSTOMER_ID ?? '');
  const consents = groupBy(rowsOf(health, 'PATIENT_CONSENTS'), (row) => row.PATIENT_ID ?? '');

  const links = [...byToken(rowsOf(health, 'PATIENTS'))].flatMap(([token, patients]): Row[] => {
    const [patient, otherPatient] = patients;
    const [customer, otherCustomer] = customers.get(token) ?? [];
    if (patient === undefined || customer === undefined || otherPatient || otherCustomer) return [];
    const granted = (consents.get(patient.PATIENT_ID ?? '') ?? []).filter(
      (consent) =>
        consent.IS_GRANTED === 'true' && Object.values<unknown>(PURPOSES).includes(consent.PURPOSE),
    );
    return granted.map((consent) =>
      linkRow(patient, customer, consent, orders.get(customer.CUSTOMER_ID ?? '') ?? []),
    );
  });
  const consentedTo = (purpose: string): readonly Row[] => links.filter((row) => row.PURPOSE === purpose);
  return [
    { schema: 'GOLD', name: 'MEMBER_LINKS', key: ['PATIENT_ID', 'PURPOSE'], rows: links },
    { schema: 'GOLD', name: 'MEMBER_360', key: ['PATIENT_ID'], rows: consentedTo(PURPOSES.MEMBER_360) },
    {
      schema: 'GOLD',
      name: 'MEMBER_SEGMENTS',
      key: ['PATIENT_ID'],
      rows: consentedTo(PURPOSES.MEMBER_SEGMENTS).map(segmentRow),
    },
  ];
}

function linkRow(patient: Row, customer: Row, consent: Row, orders: readonly Row[]): Row {
  const spent = orders.filter(({ STATE }) => SPENT.includes(STATE ?? ''));
  const last = orders.map((order) => order.LAST_EVENT_AT ?? '').toSorted();
  return {
    PATIENT_ID: patient.PATIENT_ID ?? null,
    PURPOSE: consent.PURPOSE ?? null,
    CONSENTED: 'true',
    CONSENTED_SINCE: consent.SINCE ?? null,
    REGION: patient.REGION ?? null,
    CUSTOMER_REGION: customer.REGION ?? null,
    CUSTOMER_ID: customer.CUSTOMER_ID ?? null,
    CUSTOMER_SINCE: customer.SINCE ?? null,
    ORDER_COUNT: whole(orders.length),
    LIFETIME_USD: money(
      spent.reduce((sum, { TOTAL_USD }) => sum + unitsOf(TOTAL_USD ?? '0', 2), 0n),
      2,
    ),
    LAST_ORDER_AT: last.at(-1) ?? null,
    ENCOUNTER_COUNT: patient.ENCOUNTER_COUNT ?? null,
    LAST_ENCOUNTER_AT: patient.LAST_EVENT_AT ?? null,
  };
}

function segmentRow(link: Row): Row {
  return {
    PATIENT_ID: link.PATIENT_ID ?? null,
    PURPOSE: link.PURPOSE ?? null,
    CONSENTED: link.CONSENTED ?? null,
    REGION: link.REGION ?? null,
    CUSTOMER_REGION: link.CUSTOMER_REGION ?? null,
    ORDER_BAND: bandOf(Number(link.ORDER_COUNT)),
    ENCOUNTER_BAND: bandOf(Number(link.ENCOUNTER_COUNT)),
  };
}

function bandOf(count: number): string {
  if (count < 2) return String(count);
  return count > 4 ? '5+' : '2-4';
}

function rowsOf(tables: readonly ExpectedTable[], name: string): readonly Row[] {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`no table ${name} is expected`);
  return found.rows;
}
