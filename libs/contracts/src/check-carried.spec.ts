import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkCarried } from './check-carried';
import { loadContracts } from './load-contract';
import type { OdcsDocument, OdcsTable } from './odcs';

const FOLDER = join(__dirname, '../../../contracts/brook_commerce');
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
  return checkCarried(document, table, documents, []).map(({ message }) => message);
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
  expect(faults(only('customers_scd', 'das.rowAccess', care))).toEqual([
    'rows of customers_scd are seen by the policy care_team: needs it in das.rowAccess too',
  ]);
});
