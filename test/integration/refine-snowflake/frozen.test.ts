import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changes, startSnowflakeStandIn, type SnowflakeStandIn } from '@das/testing';
import { ChangedProject, type Change } from './changed-project';
import { DATABASE } from './world';

const SILVER = `"${DATABASE}"."SILVER"."ORDERS_EVENTS"`;
const SILVER_TASK = `"${DATABASE}"."SILVER"."ORDERS_EVENTS__TASK"`;
const GOLD = `"${DATABASE}"."GOLD"."ORDERS"`;
const GOLD_TASK = `"${DATABASE}"."GOLD"."ORDERS__TASK"`;
const FROZEN = `"${DATABASE}"."GOLD"."ORDERS__FROZEN"`;

const BY_TASK = {
  file: 'models/brook_commerce/gold/orders.yml',
  from: 'as: dynamic_table',
  to: 'as: task',
};
const LONG_AGO = '2020-01-01T00:00:00Z';
const LATELY = new Date().toISOString();

describe('frozen rows on Snowflake, where a task refills the table', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-frozen-snowflake-'));
  let snowflake: SnowflakeStandIn;
  const project = new ChangedProject(join(dir, 'project'));

  /** @returns what was sent that changes anything */
  async function deploy(changed: readonly Change[]): Promise<readonly string[]> {
    const before = snowflake.statements().length;
    project.change(changed);
    const { exit, output } = await snowflake.dbt(['run', '--select=orders_events orders'], project.dir);
    if (exit !== 0) throw new Error(output);
    const sent = snowflake.statements().slice(before).filter(changes);
    return sent.map(({ sql }) => sql.replace(/\s+/g, ' '));
  }

  /** A row in which every text is the order's name, and every time the same. */
  function putRow(schema: string, table: string, order: string, time: string): void {
    const columns = snowflake.run([
      `select column_name, data_type from "${DATABASE}".information_schema.columns
       where table_schema = '${schema}' and table_name = '${table}' order by ordinal_position`,
    ]);
    const values = columns.map(([column, type]) => {
      if (column === 'EVENT_TYPE') return `'order.refunded'`;
      if (column === 'ITEMS') return `parse_json('[]')`;
      if (type?.startsWith('TIMESTAMP')) return `'${time}'::timestamp_tz`;
      return type === 'NUMBER' ? '1' : type === 'BOOLEAN' ? 'true' : `'${order}'`;
    });
    snowflake.run([
      `use database "${DATABASE}"`,
      `insert into "${DATABASE}"."${schema}"."${table}" select ${values.join(', ')}`,
    ]);
  }

  const refill = (): unknown =>
    snowflake.run([
      `use database "${DATABASE}"`,
      `alter task ${GOLD_TASK} suspend`,
      `alter task ${GOLD_TASK} resume`,
    ]);
  /** Each order, whether its row is of long ago, and whose state it has: GOLD's own is the order's name. */
  const rows = (): unknown =>
    snowflake.run([
      `select "ORDER_ID", case when "LAST_EVENT_AT" < '2021-01-01' then 'old' else 'new' end, "STATE"
       from ${GOLD} order by "ORDER_ID"`,
    ]);
  const copies = (): unknown =>
    snowflake.run([
      `select table_name from "${DATABASE}".information_schema.tables where table_name = 'ORDERS__FROZEN'`,
    ]);
  /** What a deployment leaves that ends before its last step. */
  const leaveCopy = (order: string): unknown =>
    snowflake.run([
      `use database "${DATABASE}"`,
      `create table ${FROZEN} as select * from ${GOLD} where "ORDER_ID" = 'kept'`,
      `insert into ${FROZEN} select * replace ('${order}' as "ORDER_ID") from ${FROZEN}`,
    ]);

  beforeAll(async () => {
    snowflake = await startSnowflakeStandIn(dir);
    snowflake.prepare(DATABASE);
    await deploy([BY_TASK]);
    for (const order of ['kept', 'revived', 'computed as it was']) putRow('GOLD', 'ORDERS', order, LONG_AGO);
    putRow('SILVER', 'ORDERS_EVENTS', 'revived', LATELY);
    putRow('SILVER', 'ORDERS_EVENTS', 'computed as it was', LONG_AGO);
    putRow('SILVER', 'ORDERS_EVENTS', 'first seen', LONG_AGO);
  }, 120_000);

  afterAll(async () => {
    await snowflake.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const REFILLED = [
    ['computed as it was', 'old', 'computed as it was'],
    ['first seen', 'old', 'refunded'],
    ['kept', 'old', 'kept'],
    ['revived', 'new', 'refunded'],
  ];

  it('has each key once: a revived one anew, a kept one as it was, and one that was never seen', () => {
    refill();
    expect(rows()).toEqual(REFILLED);
    refill();
    expect(rows()).toEqual(REFILLED);
  });

  it('takes what a deployment had put aside, protects anew what has no task, and drops the copy', async () => {
    leaveCopy('put aside');
    snowflake.run([`drop task ${SILVER_TASK}`]);
    const sent = await deploy([BY_TASK]);
    expect(sent).toContain(
      `alter table ${SILVER} modify column "CUSTOMER_EMAIL" set MASKING POLICY "${DATABASE}"."OPS"."MASK_EMAIL" FORCE`,
    );
    const all = [...REFILLED.slice(0, 3), ['put aside', 'old', 'kept'], ...REFILLED.slice(3)];
    expect(rows()).toEqual(all);
    expect(copies()).toEqual([]);
    refill();
    expect(rows()).toEqual(all);
  });

  it('drops the copy that is left beside a dynamic table', async () => {
    leaveCopy('only aside');
    await deploy([]);
    const all = rows();
    expect([all, copies()]).toEqual([expect.arrayContaining([['only aside', 'old', 'kept']]), []]);

    leaveCopy('left over');
    expect(await deploy([])).toContain(`drop table ${FROZEN}`);
    expect([rows(), copies()]).toEqual([all, []]);
  });
});
