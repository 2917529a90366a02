import type { DeclaredAccount } from '../account-model';
import { applyStatement } from '../testing/apply-statement';
import { account as plain, ops } from '../testing/drifting';
import { recordAccount } from '../testing/record-account';
import { drift, mendingStatements } from './compare';
import type { Snapshot } from './snapshot';

const ORDERS = '"BROOK_COMMERCE"."GOLD"."ORDERS"';
const named = (policy: string): string => `"${ops(policy).replaceAll('.', '"."')}"`;
const [JOINS, CELLS] = [named('PROJECT_JOINS_ONLY'), named('AGGREGATE_SMALL_CELLS')];

/** As if the contract of orders let one of its columns only join, and showed groups alone. */
const account: DeclaredAccount = {
  ...plain,
  tables: plain.tables.map((table) =>
    table.tier !== 'GOLD' || table.name !== 'ORDERS'
      ? table
      : {
          ...table,
          aggregation: { policy: 'small_cells', entity: ['CUSTOMER_ID'] },
          columns: table.columns.map((column) =>
            column.name === 'ORDER_ID' ? { ...column, projection: 'joins_only' } : column,
          ),
        },
  ),
};
const asDeclared = recordAccount(account, 'production');
const after = (statements: readonly string[], snapshot: Snapshot = asDeclared): Snapshot =>
  statements.reduce((state, statement) => applyStatement(account, state, statement), snapshot);

it('are there as they are declared', () => {
  expect(drift(account, 'production', asDeclared)).toEqual([]);
});

it.each([
  [
    'a column that only joins, and is shown',
    `ALTER DYNAMIC TABLE ${ORDERS} MODIFY COLUMN "ORDER_ID" UNSET PROJECTION POLICY`,
    `ALTER DYNAMIC TABLE ${ORDERS} MODIFY COLUMN "ORDER_ID" SET PROJECTION POLICY ${JOINS}`,
  ],
  [
    'a column that only joins, by another policy',
    `ALTER DYNAMIC TABLE ${ORDERS} MODIFY COLUMN "ORDER_ID" SET PROJECTION POLICY "ELSEWHERE"."S"."SHOWS" FORCE`,
    `ALTER DYNAMIC TABLE ${ORDERS} MODIFY COLUMN "ORDER_ID" SET PROJECTION POLICY ${JOINS} FORCE`,
  ],
  [
    'a table that is shown row by row',
    `ALTER DYNAMIC TABLE ${ORDERS} UNSET AGGREGATION POLICY`,
    `ALTER DYNAMIC TABLE ${ORDERS} SET AGGREGATION POLICY ${CELLS} ENTITY KEY ("CUSTOMER_ID")`,
  ],
  [
    'a table that is shown in smaller groups',
    `ALTER DYNAMIC TABLE ${ORDERS} SET AGGREGATION POLICY "ELSEWHERE"."S"."OF_TWO" FORCE`,
    `ALTER DYNAMIC TABLE ${ORDERS} SET AGGREGATION POLICY ${CELLS} ENTITY KEY ("CUSTOMER_ID") FORCE`,
  ],
  [
    'a policy of small cells that lets two of them through',
    `ALTER AGGREGATION POLICY ${CELLS} SET BODY ->\naggregation_constraint(min_group_size => 2)`,
    `ALTER AGGREGATION POLICY ${CELLS} SET BODY ->\ncase when is_role_in_session('TRANSFORMER') then no_aggregation_constraint() else aggregation_constraint(min_group_size => 11) end`,
  ],
])('%s is critical, and mended', (_, done, statement) => {
  const snapshot = after([done]);
  const findings = drift(account, 'production', snapshot);
  expect(findings).toEqual([
    expect.objectContaining({ severity: 'critical', statement, destructive: false }),
  ]);
  const mending = mendingStatements(findings, { destructive: false });
  expect(drift(account, 'production', after(mending, snapshot))).toEqual([]);
});

it('of a table that declares none is a finding that takes the flag', () => {
  const snapshot = after([
    `ALTER DYNAMIC TABLE "BROOK_COMMERCE"."GOLD"."SESSIONS" SET AGGREGATION POLICY ${CELLS}`,
  ]);
  const findings = drift(account, 'production', snapshot);
  expect(findings).toEqual([
    expect.objectContaining({
      destructive: true,
      statement: 'ALTER DYNAMIC TABLE "BROOK_COMMERCE"."GOLD"."SESSIONS" UNSET AGGREGATION POLICY',
    }),
  ]);
  expect(drift(account, 'production', after([findings[0]?.statement ?? ''], snapshot))).toEqual([]);
});
