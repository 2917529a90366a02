import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess } from './access/load-access';
import { checkCarried, checkCarriedRows } from './check-carried';
import { loadContracts } from './load-contract';
import type { OdcsDocument, OdcsTable } from './odcs';

const CONTRACTS = join(__dirname, '../../../contracts');
const FOLDER = join(CONTRACTS, 'brook_commerce');
const access = loadAccess(CONTRACTS);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.odcs.yaml'));
const commerce = loadContracts(files.map((name) => join(FOLDER, name)));

/** A table with one custom property in the place of what it had. */
const withCustom = (table: OdcsTable, property: string, value: unknown): OdcsTable => ({
  ...table,
  customProperties: [
    ...(table.customProperties ?? []).filter((one) => one.property !== property),
    { property, value },
  ],
});

/** What is wrong with CUSTOMERS, a view of CUSTOMERS_SCD, after a change of some of the contract's tables. */
function faults(change: (table: OdcsTable) => OdcsTable): readonly string[] {
  const documents = commerce.map((document): OdcsDocument => ({
    ...document,
    schema: document.schema.map(change),
  }));
  const document = documents.find(({ name }) => name === 'customers');
  const table = document?.schema.find(({ name }) => name === 'customers');
  if (document === undefined || table === undefined) throw new Error('there are no customers');
  return [
    ...checkCarried(table, documents, []),
    ...checkCarriedRows(document, documents, access.rowAccess),
  ].map(({ message }) => message);
}

const only =
  (name: string, property: string, value: unknown) =>
  (table: OdcsTable): OdcsTable =>
    table.name === name ? withCustom(table, property, value) : table;
const GROUPS = { policy: 'small_cells' };

it('finds nothing in the contracts as they are', () => {
  expect(faults((table) => table)).toEqual([]);
});

it('keeps in groups what is seen in groups', () => {
  expect(faults(only('customers_scd', 'das.aggregation', GROUPS))).toEqual([
    'customers_scd is seen in groups alone: needs das.aggregation small_cells too',
  ]);
  expect(faults((table) => withCustom(table, 'das.aggregation', GROUPS))).toEqual([]);
});

it('shows rows by the policy of those that they are made from', () => {
  const care = { policy: 'care_team', columns: { patient: 'customer_id', region: 'region' } };
  const fault =
    'rows of customers_scd are seen by the policy care_team: needs das.rowAccess with it, or with a policy that holds it too';
  expect(faults(only('customers_scd', 'das.rowAccess', care))).toContain(fault);

  const { holds } = access.rowAccess.policies.member ?? {};
  expect(holds).toEqual(['care_team', 'region', 'purpose']);
  const changed = (policy: string): readonly string[] =>
    faults((table) => {
      const rows = { customers_scd: care, customers: { ...care, policy } }[table.name];
      return rows === undefined ? table : withCustom(table, 'das.rowAccess', rows);
    });
  expect(changed('member')).not.toContain(fault);
  expect(changed('region')).toContain(fault);
});

it('goes by policies that hold another one, of whichever domain a table is', () => {
  const files = readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' });
  const all = loadContracts(
    files.filter((name) => name.endsWith('.odcs.yaml')).map((name) => join(CONTRACTS, name)),
  );
  const member = all.find(({ name }) => name === 'member_360');
  if (member === undefined) throw new Error('there is no member_360');
  const without = (policy: string): readonly string[] => {
    const policies = Object.fromEntries(
      Object.entries(access.rowAccess.policies).map(([name, one]) => [
        name,
        { ...one, holds: one.holds.filter((held) => held !== policy) },
      ]),
    );
    return checkCarriedRows(member, all, { ...access.rowAccess, policies }).map(({ message }) => message);
  };
  expect(without('nothing')).toEqual([]);
  expect(without('care_team').join()).toMatch(/^rows of patients are .*,rows of patient_consents are /);
  expect(without('region').join()).toMatch(/rows of customers are .*rows of orders are |orders.*customers/);
});
