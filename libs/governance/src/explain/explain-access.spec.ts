import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { governedTables, loadAccess, loadContracts } from '@das/contracts';
import { loadExpectations } from '../expectations/load-expectations';
import { explainAccess } from './explain-access';

const CONTRACTS = join(__dirname, '../../../../contracts');
const files = readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.odcs.yaml'))
  .map((name) => join(CONTRACTS, name));
const tables = governedTables(loadContracts(files)).filter(({ tier }) => tier === 'GOLD');
const access = loadAccess(CONTRACTS);

function explain(role: string, tableName: string, columnName?: string): string {
  const table = tables.find(({ name }) => name === tableName);
  if (table === undefined) throw new Error(`there is no ${tableName}`);
  const column = table.columns.find(({ name }) => name === columnName);
  return explainAccess(role, table, column, access).sentence;
}

it.each([
  [
    ['ANALYST_EMEA', 'ORDERS', 'CUSTOMER_EMAIL'],
    'ANALYST_EMEA sees the domain of CUSTOMER_EMAIL: phi:email is masked as domain and clear for ANALYST_PHI and BREAK_GLASS alone; of rows, those whose REGION is EMEA.',
  ],
  [
    ['ANALYST_PHI', 'ORDERS', 'CUSTOMER_EMAIL'],
    'ANALYST_PHI sees CUSTOMER_EMAIL as it is in production, and elsewhere the domain of CUSTOMER_EMAIL: phi:email is masked as domain and clear for ANALYST_PHI and BREAK_GLASS alone; of rows, all.',
  ],
  [
    ['DATA_API', 'CUSTOMERS', 'MEMBER_LINK_TOKEN'],
    'DATA_API sees nothing of MEMBER_LINK_TOKEN: phi:identifier is masked as nothing and clear for nobody; of rows, all.',
  ],
  [
    ['DATA_API', 'ORDERS', 'COUPON'],
    'DATA_API sees COUPON as it is: it is internal, and no mask is on it; of rows, all.',
  ],
  [
    ['TRANSFORMER', 'ORDERS', 'CUSTOMER_EMAIL'],
    'TRANSFORMER sees CUSTOMER_EMAIL as it is: it stores what it reads, so no mask holds for it; of rows, all.',
  ],
  [
    ['ANALYST_HEALTH', 'SESSIONS', 'DEVICE'],
    'ANALYST_HEALTH may not read SESSIONS: the contract of sessions lets ANALYST_COMMERCE, ANALYST_EMEA, DATA_SCI_COMMERCE and DATA_API read it, and nobody else.',
  ],
  [
    ['BREAK_GLASS', 'CUSTOMER_VERSIONS', 'EMAIL'],
    'BREAK_GLASS may not read CUSTOMER_VERSIONS: it is a step on the way to customers, and TRANSFORMER alone reads it.',
  ],
  [
    ['CARE_TEAM', 'CUSTOMERS'],
    'CARE_TEAM reads CUSTOMERS: 5 of 7 columns as they are, masked EMAIL, nothing of MEMBER_LINK_TOKEN; of rows, all.',
  ],
] as const)('%j', ([role, table, column], sentence) => {
  expect(explain(role, table, column)).toBe(sentence);
});

it('says of every role and column what is expected in production', () => {
  const wrong: string[] = [];
  for (const { table: name, cells } of loadExpectations(CONTRACTS)) {
    const table = tables.find((other) => other.name === name.toUpperCase());
    for (const role of Object.keys(access.roles))
      for (const column of table?.columns ?? []) {
        const seen = cells
          .filter((cell) => cell.environment === 'production' && cell.role === role)
          .filter((cell) => cell.column === column.name.toLowerCase())
          .map((cell) => cell.seen);
        const shown = seen.filter(({ as }) => as !== 'no row');
        const all = (as: string): boolean => shown.length > 0 && shown.every((one) => one.as === as);
        const expected = all('denied')
          ? 'denied'
          : all('clear')
            ? 'clear'
            : shown.every((one) => one.as === 'masked' && one.literal === null)
              ? 'nothing'
              : 'masked';
        const { sees } = explainAccess(role, table!, column, access);
        // Codes of procedures are of the kind of diagnoses, and have no chapter: of them the form shows nothing.
        if (column.name === 'PROCEDURE_CODE' && sees === 'masked' && expected === 'nothing') continue;
        if (sees !== expected) wrong.push(`${role} ${name}.${column.name}: ${sees}, expected ${expected}`);
      }
  }
  expect(wrong).toEqual([]);
});
