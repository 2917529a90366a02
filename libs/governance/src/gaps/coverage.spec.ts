import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import { parseExpectations } from '../expectations/expectation-file';
import { loadExpectations } from '../expectations/load-expectations';
import { coverage } from './coverage';

const CONTRACTS = join(__dirname, '../../../../contracts');
const files = readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.odcs.yaml'))
  .map((name) => join(CONTRACTS, name));
const documents = loadContracts(files);
const access = loadAccess(CONTRACTS);
const expected = loadExpectations(CONTRACTS);

it('has no gap, and every cell', () => {
  const domains = coverage(documents, access, expected);
  expect(domains[0]?.domain).toBe('brook_commerce');
  for (const { gaps, cells, cellsExpected, personalColumns, masked, protectedAtIngest } of domains) {
    expect(gaps).toEqual([]);
    expect(cellsExpected).toBe(cells);
    expect(masked + protectedAtIngest).toBe(personalColumns);
  }
  expect(domains[0]?.protectedAtIngest).toBe(1);
});

it('names a column that nobody expects anything of, for whom, and where', () => {
  const file = join(CONTRACTS, 'brook_commerce/expectations/orders.yaml');
  const text = readFileSync(file, 'utf8');
  const without = expected.filter(({ table }) => table !== 'orders');
  const noPhone = text.replaceAll(/(clear: \[plain, address, customer_email), customer_phone\]/g, '$1]');
  expect(noPhone).not.toBe(text);
  const [found] = coverage(documents, access, [...without, parseExpectations({ file, text: noPhone })]);
  expect(found?.gaps).toEqual([
    {
      gap: 'no-expectation',
      where: 'BROOK_COMMERCE.GOLD.ORDERS.CUSTOMER_PHONE',
      message: 'BROOK_COMMERCE.GOLD.ORDERS.CUSTOMER_PHONE is not expected of ANALYST_PHI in production',
    },
  ]);
  expect((found?.cells ?? 0) - (found?.cellsExpected ?? 0)).toBe(1);
});

it('names a column of which nothing is expected in one class of rows, and refuses one that is null in all', () => {
  const file = join(CONTRACTS, 'brook_commerce/expectations/orders.yaml');
  const text = readFileSync(file, 'utf8');
  const without = expected.filter(({ table }) => table !== 'orders');
  const noPhone = text.replace(
    /(\n {6}latam: \{ clear: \[plain, address, customer_email, customer_name), customer_phone\]/,
    '$1]',
  );
  expect(noPhone).not.toBe(text);
  const [found] = coverage(documents, access, [...without, parseExpectations({ file, text: noPhone })]);
  expect(found?.gaps.map(({ where }) => where)).toEqual(['BROOK_COMMERCE.GOLD.ORDERS.CUSTOMER_PHONE']);
  const noEmail = text.replaceAll(/^( {6}customer_email: ).*,$/gm, '$1null,');
  expect(() => parseExpectations({ file, text: noEmail })).toThrow(
    'customer_email is null in every row: nothing is seen of it',
  );
});

it('names roles that nobody expects, and that do not exist', () => {
  const { DATA_API: api, ...roles } = access.roles;
  if (api === undefined) throw new Error('there is no DATA_API');
  const [gone] = coverage(documents, { ...access, roles }, expected);
  expect(gone?.gaps).toEqual([expect.objectContaining({ gap: 'role-unknown', where: 'DATA_API' })]);
  const [gained] = coverage(documents, { ...access, roles: { ...access.roles, NEW: api } }, expected);
  expect(gained?.gaps).toContainEqual(expect.objectContaining({ gap: 'role-never-expected', where: 'NEW' }));
});

it('names personal columns without a mask, and tables without row access', () => {
  const bare = documents.map((document) => ({
    ...document,
    schema: document.schema.map((table) => ({
      ...table,
      customProperties: table.customProperties?.filter(({ property }) => property !== 'das.rowAccess'),
      properties: table.properties.map((column) => ({
        ...column,
        customProperties: column.customProperties?.filter(({ property }) => property !== 'das.mask'),
      })),
    })),
  })) as unknown as typeof documents;
  const [found] = coverage(bare, access, expected);
  const of = (gap: string) => found?.gaps.filter((one) => one.gap === gap).map(({ where }) => where);
  expect(of('no-mask')).toContain('BROOK_COMMERCE.GOLD.ORDERS.CUSTOMER_EMAIL');
  expect(of('no-row-access')).toContain('BROOK_COMMERCE.GOLD.SESSIONS');
});
