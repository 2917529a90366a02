import type { Bind, Row, Warehouse } from '@das/warehouse';
import { observeSnowflake } from './snowflake-transformer';

/** Rows as Snowflake documents them; no account has been asked. */
const TASKS: readonly Row[] = [
  {
    SCHEMA_NAME: 'OPS',
    NAME: 'FILL_ORDERS_EVENTS',
    STATE: 'FAILED',
    ERROR_CODE: '100038',
    QUERY_START_TIME: '2026-11-25T03:00:00.000Z',
    SECONDS: '2.500',
  },
  {
    SCHEMA_NAME: 'OPS',
    NAME: 'FILL_AUTH_EVENTS',
    STATE: 'EXECUTING',
    ERROR_CODE: null,
    QUERY_START_TIME: '2026-11-25T02:59:30.000Z',
    SECONDS: null,
  },
  {
    SCHEMA_NAME: 'OPS',
    NAME: 'FILL_ORDERS_EVENTS',
    STATE: 'SUCCEEDED',
    ERROR_CODE: null,
    QUERY_START_TIME: '2026-11-25T02:59:00.000Z',
    SECONDS: '1.200',
  },
];
const TABLES: readonly Row[] = [
  {
    SCHEMA_NAME: 'GOLD',
    NAME: 'ORDERS',
    SCHEDULING_STATE: '{"state":"ACTIVE"}',
    TARGET_LAG_SEC: 300,
    LAG_SECONDS: 120,
  },
  {
    SCHEMA_NAME: 'GOLD',
    NAME: 'SESSIONS',
    SCHEDULING_STATE: 'SUSPENDED',
    TARGET_LAG_SEC: 300,
    LAG_SECONDS: null,
  },
];
const REFRESHES: readonly Row[] = [
  {
    SCHEMA_NAME: 'GOLD',
    NAME: 'ORDERS',
    STATE: 'SUCCEEDED',
    REFRESH_ACTION: 'INCREMENTAL',
    REFRESH_START_TIME: '2026-11-25T03:00:05.000Z',
    STATISTICS: '{"numInsertedRows":12,"numDeletedRows":3}',
  },
  {
    SCHEMA_NAME: 'GOLD',
    NAME: 'ORDERS',
    STATE: 'UPSTREAM_FAILED',
    REFRESH_ACTION: null,
    REFRESH_START_TIME: '2026-11-25T02:55:05.000Z',
    STATISTICS: null,
  },
];

class RecordedWarehouse implements Pick<Warehouse, 'query' | 'close'> {
  readonly asked: string[] = [];
  isClosed = false;

  async *query(sql: string, binds: readonly Bind[] = []): AsyncGenerator<Row> {
    const [, name = ''] = /INFORMATION_SCHEMA\.(\w+)\(/.exec(sql) ?? [];
    this.asked.push(`${name} of ${binds.join()}`);
    const rows = { TASK_HISTORY: TASKS, DYNAMIC_TABLES: TABLES, DYNAMIC_TABLE_REFRESH_HISTORY: REFRESHES }[
      name
    ];
    for (const row of rows ?? []) yield Promise.resolve(row);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

it('tells of tasks and dynamic tables how far they have come', async () => {
  const warehouse = new RecordedWarehouse();
  const transformer = observeSnowflake(warehouse as unknown as Warehouse, ['BROOK_COMMERCE']);
  const report = await transformer.run({
    force: false,
    fullRefresh: false,
    signal: new AbortController().signal,
    tell: () => undefined,
  });
  await transformer.close();
  expect(warehouse.asked).toEqual([
    'TASK_HISTORY of BROOK_COMMERCE',
    'DYNAMIC_TABLE_REFRESH_HISTORY of BROOK_COMMERCE',
    'DYNAMIC_TABLES of BROOK_COMMERCE',
  ]);
  expect(warehouse.isClosed).toBe(true);
  expect(report).toEqual({
    state: 'observed',
    tasks: [
      {
        name: 'BROOK_COMMERCE.OPS.FILL_AUTH_EVENTS',
        state: 'EXECUTING',
        lastRunAt: '2026-11-25T02:59:30.000Z',
        seconds: null,
        runs: 1,
        failures: 0,
        errorCode: null,
      },
      {
        name: 'BROOK_COMMERCE.OPS.FILL_ORDERS_EVENTS',
        state: 'FAILED',
        lastRunAt: '2026-11-25T03:00:00.000Z',
        seconds: 2.5,
        runs: 2,
        failures: 1,
        errorCode: '100038',
      },
    ],
    dynamicTables: [
      {
        name: 'BROOK_COMMERCE.GOLD.ORDERS',
        scheduling: 'ACTIVE',
        state: 'SUCCEEDED',
        lastRefreshAt: '2026-11-25T03:00:05.000Z',
        action: 'INCREMENTAL',
        lagSeconds: 120,
        targetLagSeconds: 300,
        rowsInserted: 12,
        rowsDeleted: 3,
        refreshes: 2,
        failures: 1,
      },
      {
        name: 'BROOK_COMMERCE.GOLD.SESSIONS',
        scheduling: 'SUSPENDED',
        state: null,
        lastRefreshAt: null,
        action: null,
        lagSeconds: null,
        targetLagSeconds: 300,
        rowsInserted: null,
        rowsDeleted: null,
        refreshes: 0,
        failures: 0,
      },
    ],
  });
});
