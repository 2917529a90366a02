import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import type { MappingRows, TableExpectations } from '../expectations/expectation-file';
import { loadAttachedSql } from './load-attached-sql';
import { planOf, type AttachedWorld, type Plan } from './plan';

const ROOT = join(__dirname, '../../../..');
const CONTRACTS = join(ROOT, 'contracts');
const documents = loadContracts(
  readdirSync(join(CONTRACTS, 'brook_commerce'))
    .filter((name) => name.endsWith('.odcs.yaml'))
    .map((name) => join(CONTRACTS, 'brook_commerce', name)),
);
const access = loadAccess(CONTRACTS);
const sql = loadAttachedSql(ROOT, ['brook_commerce']);

/** One cell, so that the table is asked for by one role; and one row with nothing in it. */
function expectation(table: string, mapping: MappingRows = {}): TableExpectations {
  return {
    table,
    mapping,
    rows: new Map([['any', { region: 'EMEA' }]]),
    cells: [
      {
        environment: 'production',
        table,
        role: 'ANALYST_EMEA',
        rowClass: 'any',
        column: 'region',
        seen: { as: 'clear' },
        place: 'here:1:1',
      },
    ],
  };
}

function plan(expected: readonly TableExpectations[], changed: Partial<AttachedWorld['sql']> = {}): Plan {
  return planOf(
    { documents, access, expected, sql: { ...sql, ...changed } },
    { database: 'TESTS', run: 'R1', user: 'TESTER' },
  );
}

function statementsOf({ steps, groups }: Plan): readonly string[] {
  return [
    ...steps.flatMap(({ statements }) => statements),
    ...groups.flatMap(({ before, after, reads }) => [
      ...before,
      ...after,
      ...reads.flatMap(({ select, projected }) => [select, ...projected.map((one) => one.select)]),
    ]),
  ];
}

/** A file of dbt/rendered in which something differs. */
function changedFiles(table: string, from: string | RegExp, to: string): readonly string[] {
  const files = sql.files.map((file) =>
    file.includes(`"GOLD"."${table}" (`) ? file.replace(from, to) : file,
  );
  expect(files).not.toEqual(sql.files);
  return files;
}

it('names no object of a domain, and nothing outside of its own schemas', () => {
  const made = plan(['orders', 'customers', 'sessions'].map((table) => expectation(table)));
  const statements = statementsOf(made);
  expect(statements.filter((text) => /"BROOK_COMMERCE"\.|'BROOK_COMMERCE\./.test(text))).toEqual([]);
  const schemas = new Set(
    statements.flatMap((text) => [...text.matchAll(/"TESTS"\."(\w+)"/g)].map(([, name]) => name)),
  );
  expect([...schemas].toSorted()).toEqual(
    ['BRONZE', 'GOLD', 'OPS', 'SILVER'].map((tier) => `DAS_POLICY_TEST_R1_PRODUCTION_BROOK_COMMERCE_${tier}`),
  );
  expect([...made.schemas].toSorted()).toEqual([...schemas].toSorted());
});

it('attaches what was rendered, and grants what was granted', () => {
  const [, tables] = plan([expectation('orders')]).steps;
  const create = tables?.statements.find((text) => text.includes('"ORDERS" ('));
  const ops = '"TESTS"."DAS_POLICY_TEST_R1_PRODUCTION_BROOK_COMMERCE_OPS"';
  expect(create).toContain(
    `"CUSTOMER_EMAIL" VARCHAR WITH MASKING POLICY ${ops}."MASK_EMAIL" WITH TAG (${ops}."CLASSIFICATION" = 'pii'`,
  );
  expect(create).toContain(`WITH ROW ACCESS POLICY ${ops}."ROWS_BY_REGION" ON ("REGION")`);
  expect(create).toContain(`"ROW_CLASS" VARCHAR WITH TAG (${ops}."CLASSIFICATION" = 'public')`);
  expect(create).not.toMatch(/TARGET_LAG|COMMENT/);
  expect(tables?.statements.filter((text) => /^GRANT SELECT .*"ORDERS"/.test(text))).toHaveLength(1);
  const denied = plan([expectation('orders')], { grants: { roles: new Map(), reads: new Map() } });
  expect(statementsOf(denied).filter((text) => /^GRANT SELECT .*"ORDERS"/.test(text))).toEqual([]);
});

it('puts a view over a table that is protected as the one that it shows', () => {
  const [, tables] = plan([expectation('customers')]).steps;
  const [below, , view] = tables?.statements.filter((text) => text.includes('"CUSTOMERS')) ?? [];
  expect(below).toMatch(/^CREATE TABLE \S+\."CUSTOMERS__BELOW" \(.*"EMAIL" VARCHAR WITH MASKING POLICY/);
  expect(below).toMatch(/"SINCE" TIMESTAMP_TZ WITH TAG.* WITH ROW ACCESS POLICY \S+ ON \("REGION"\)/);
  expect(view).toMatch(
    /^CREATE SECURE VIEW \S+\."CUSTOMERS" \(.*"EMAIL" WITH TAG \(.* FROM \S+\."CUSTOMERS__BELOW"$/,
  );
});

it('refuses a view that does not have the column that decides about its rows', () => {
  const files = changedFiles('CUSTOMERS_SCD', /ON \("REGION"\)/, 'ON ("VALID_FROM")');
  expect(() => plan([expectation('customers')], { files })).toThrow('CUSTOMERS has no column VALID_FROM');
});

it('holds rows of mapping tables while what needs them is read, and not while anything else is', () => {
  const { groups } = plan([
    expectation('orders', { CARE_TEAM_PATIENTS: [['{me}', 'p_1']] }),
    expectation('sessions'),
  ]);
  const table = '"TESTS"."DAS_POLICY_TEST_R1_PRODUCTION_BROOK_COMMERCE_OPS"."CARE_TEAM_PATIENTS"';
  expect(groups.map(({ before, after, reads }) => [before, after, reads.map((read) => read.table)])).toEqual([
    [
      [
        `INSERT INTO ${table} ("USER_NAME", "PATIENT", "ADDED_BY") VALUES ('TESTER', 'p_1', 'das policy test')`,
      ],
      [`DELETE FROM ${table} WHERE "ADDED_BY" = 'das policy test'`],
      ['orders'],
    ],
    [[], [], ['sessions', "brook_commerce's unclassified"]],
  ]);
});

it('reads a column that may not be shown in a statement of its own, and knows what is seen in groups', () => {
  const projects = '"BROOK_COMMERCE"."OPS"."PROJECT_JOINS_ONLY"';
  const shown = changedFiles(
    'ORDERS',
    '"COUPON" VARCHAR',
    `"COUPON" VARCHAR WITH PROJECTION POLICY ${projects}`,
  );
  const [[read] = []] = plan([expectation('orders')], { files: shown }).groups.map(({ reads }) => reads);
  expect(read?.projected.map(({ column }) => column)).toEqual(['COUPON']);
  expect(read?.select).not.toContain('"COUPON"');
  expect(read?.isGrouped).toBe(false);
  const groups = '"BROOK_COMMERCE"."OPS"."AGGREGATE_SMALL_CELLS"';
  const grouped = changedFiles(
    'ORDERS',
    '    COPY GRANTS',
    `    WITH AGGREGATION POLICY ${groups} ENTITY KEY ("CUSTOMER_ID")`,
  );
  const one = plan([expectation('orders')], { files: grouped });
  expect(one.groups[0]?.reads[0]?.isGrouped).toBe(true);
  expect(statementsOf(one).join()).toMatch(
    /WITH AGGREGATION POLICY \S+\."AGGREGATE_SMALL_CELLS" ENTITY KEY \("CUSTOMER_ID"\)/,
  );
});

it('expects nothing to be seen of what nobody classified', () => {
  const [, probe] = plan([expectation('orders')]).expected;
  expect(probe?.cells).toHaveLength(13);
  expect(new Set(probe?.cells.map(({ seen }) => JSON.stringify(seen)))).toEqual(
    new Set(['{"as":"masked","literal":null}']),
  );
});
