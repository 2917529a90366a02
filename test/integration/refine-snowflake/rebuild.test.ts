import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContracts } from '@das/contracts';
import { orderFaults, wantedTables } from '@das/governance';
import { changes, startSnowflakeStandIn, type SnowflakeStandIn } from '@das/testing';
import { ChangedProject, type Change } from './changed-project';
import { DATABASE } from './world';

const SILVER = '"BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS"';
const STREAM = '"BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__ORDERS_EVENTS_V1"';
const TASK = '"BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__TASK"';
const GOLD = '"BROOK_COMMERCE"."GOLD"."ORDERS"';
const FROZEN = '"BROOK_COMMERCE"."GOLD"."ORDERS__FROZEN"';
const GOLD_TASK = '"BROOK_COMMERCE"."GOLD"."ORDERS__TASK"';

const EVENTS_YAML = 'models/brook_commerce/silver/orders_events.yml';
const ORDERS_SQL = 'models/brook_commerce/gold/orders.sql';
const ORDERS_YAML = 'models/brook_commerce/gold/orders.yml';
const GAINED = {
  file: EVENTS_YAML,
  from: '      - name: coupon\n',
  to: `      - name: gift_email
        data_type: VARCHAR
        description: Whom the order is a gift for.
        config:
          meta:
            das:
              path: [gift, email]
              classification: pii
              phiKind: email
              mask: { policy: email, form: domain, clearFor: [] }
      - name: coupon
`,
};
const MASKED = {
  file: EVENTS_YAML,
  from: `                - coupon
              classification: internal
`,
  to: `                - coupon
              classification: pii
              phiKind: identifier
              mask: { policy: identifier, form: nothing, clearFor: [] }
`,
};
const OTHER_QUERY = {
  file: ORDERS_SQL,
  from: 'from folded\n',
  to: 'from folded -- as before\n',
};
const BY_TASK = { file: ORDERS_YAML, from: 'as: dynamic_table', to: 'as: task' };
const OTHER_LAG = { file: ORDERS_YAML, from: 'targetLagSeconds: 300', to: 'targetLagSeconds: 600' };

const CONTRACTS = ['orders_events_v1', 'orders'].map((name) =>
  join(__dirname, '../../../contracts/brook_commerce', `${name}.odcs.yaml`),
);
const WANTED = wantedTables(loadContracts(CONTRACTS));

const PROTECTS_ANEW = /^alter table \S+ modify column "\w+" set (MASKING POLICY|TAG) /;

describe('a second deployment on Snowflake, by its statements', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-rebuild-snowflake-'));
  let snowflake: SnowflakeStandIn;
  const project = new ChangedProject(join(dir, 'project'));

  /** From the first deployment on. */
  let standing: readonly string[] = [];

  /** Deploys the two models. @returns what was sent that changes anything, each as far as it tells what it does */
  async function deploy(
    changed: readonly Change[] = [],
    ...args: readonly string[]
  ): Promise<{ readonly exit: unknown; readonly output: string; readonly sent: readonly string[] }> {
    const before = snowflake.statements().length;
    project.change(changed);
    const { exit, output } = await snowflake.dbt(
      ['run', '--select=orders_events orders', ...args],
      project.dir,
    );
    const sent = snowflake
      .statements()
      .slice(before)
      .filter(changes)
      .filter(({ node }) => node.startsWith('model.'))
      .map(({ sql }) => sql.replace(/\s+/g, ' '));
    // In every order of statements; a column that this suite adds is in no contract.
    const faults = orderFaults(sent, WANTED, standing).filter(
      ({ invariant }) => invariant !== 'unclassified-is-denied',
    );
    expect(faults).toEqual([]);
    // Readers are given a table again each time, after what protects it.
    return { exit, output, sent: sent.filter((sql) => !sql.startsWith('grant select on ')) };
  }

  const headsOf = (sent: readonly string[]): readonly string[] =>
    sent.map(
      (sql) =>
        /^.*?"\."(?:SILVER|GOLD)"\."\w+"(?: (?:suspend|resume|add column "\w+"|set target_lag))?/.exec(
          sql,
        )?.[0] ?? sql,
    );
  const SAME_TABLE = `create table if not exists ${SILVER}`;
  const SAME_STREAM = `create stream if not exists ${STREAM}`;

  /** A row that is so old that it is frozen, and that SILVER knows nothing of. */
  function putFrozenRow(): void {
    const columns = snowflake.run([
      `select column_name, data_type from "${DATABASE}".information_schema.columns
       where table_schema = 'GOLD' and table_name = 'ORDERS' order by ordinal_position`,
    ]);
    const values = columns.map(([, type = '']) => {
      if (type?.startsWith('TIMESTAMP')) return `'2020-01-01T00:00:00Z'::timestamp_tz`;
      return type === 'NUMBER' ? '1' : type === 'BOOLEAN' ? 'true' : `'frozen'`;
    });
    snowflake.run([`use database "${DATABASE}"`, `insert into ${GOLD} select ${values.join(', ')}`]);
  }
  const frozenRows = (): unknown =>
    snowflake.run([`select "ORDER_ID" from ${GOLD} where "ORDER_ID" = 'frozen'`]);

  beforeAll(async () => {
    snowflake = await startSnowflakeStandIn(dir);
    snowflake.prepare(DATABASE);
    const { exit, output } = await deploy();
    if (exit !== 0) throw new Error(output);
    standing = WANTED.map(({ name }) => name);
    putFrozenRow();
  }, 120_000);

  afterAll(async () => {
    await snowflake.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('leaves tasks and dynamic tables alone where nothing has changed', async () => {
    const { exit, sent } = await deploy();
    expect([exit, headsOf(sent)]).toEqual([0, [SAME_TABLE, SAME_STREAM]]);
  });

  it('changes the lag alone where the lag alone has changed', async () => {
    const { sent } = await deploy([OTHER_LAG]);
    expect(headsOf(sent)).toEqual([SAME_TABLE, SAME_STREAM, `alter dynamic table ${GOLD} set target_lag`]);
  });

  it('gives a gained column with its policy, and changes the task while it is suspended, but never the stream', async () => {
    const { exit, sent } = await deploy([GAINED, OTHER_LAG]);
    expect([exit, headsOf(sent.filter((sql) => !PROTECTS_ANEW.test(sql)))]).toEqual([
      0,
      [
        SAME_TABLE,
        `alter table ${SILVER} add column "GIFT_EMAIL"`,
        SAME_STREAM,
        `alter task ${TASK} suspend`,
        `create or alter task ${TASK}`,
        `alter task ${TASK} resume`,
      ],
    ]);
    expect(sent[1]).toContain('WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_EMAIL" WITH TAG (');
  });

  it('protects a column that is there already where its contract says so now, before anything else', async () => {
    const { exit, sent } = await deploy([GAINED, MASKED]);
    const mask = `alter table ${SILVER} modify column "COUPON" set MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_IDENTIFIER" FORCE`;
    expect(exit).toBe(0);
    expect(sent).toContain(mask);
    expect(sent.indexOf(mask)).toBeLessThan(sent.findIndex((sql) => sql.startsWith('alter task')));
  });

  it('keeps frozen rows when a dynamic table is replaced, under the policies that they had', async () => {
    const { exit, sent } = await deploy([GAINED, MASKED, OTHER_QUERY]);
    expect([exit, headsOf(sent).slice(2)]).toEqual([
      0,
      [
        `drop table if exists ${FROZEN}`,
        `create table if not exists ${FROZEN}`,
        `insert into ${FROZEN}`,
        `create or replace dynamic table ${GOLD}`,
        `drop table ${FROZEN}`,
      ],
    ]);
    expect(sent[3]).toContain('WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_EMAIL"');
    expect(sent[3]).toContain('WITH ROW ACCESS POLICY "BROOK_COMMERCE"."OPS"."ROWS_BY_REGION" ON ("REGION")');
    // Snowflake takes them from the table that the rows come from.
    expect(sent[5]).not.toMatch(/ POLICY | TAG /);
    expect(sent[5]).toContain(`BACKFILL FROM ${FROZEN}`);
    expect(frozenRows()).toEqual([['frozen']]);
  });

  it('puts a task in the place of a dynamic table, and back, and the frozen rows stay', async () => {
    const byTask = await deploy([GAINED, MASKED, BY_TASK]);
    expect([byTask.exit, headsOf(byTask.sent).slice(5)]).toEqual([
      0,
      [
        `drop dynamic table ${GOLD}`,
        `create table if not exists ${GOLD}`,
        `insert into ${GOLD}`,
        `drop table ${FROZEN}`,
        `create or alter task ${GOLD_TASK}`,
        `alter task ${GOLD_TASK} resume`,
      ],
    ]);
    expect(byTask.sent[6]).toContain('WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_EMAIL"');
    expect(frozenRows()).toEqual([['frozen']]);

    const back = await deploy([GAINED, MASKED]);
    expect([back.exit, headsOf(back.sent).slice(5)]).toEqual([
      0,
      [
        `drop task if exists ${GOLD_TASK}`,
        `drop table if exists ${GOLD}`,
        `create or replace dynamic table ${GOLD}`,
        `drop table ${FROZEN}`,
      ],
    ]);
    expect(frozenRows()).toEqual([['frozen']]);
  });

  it('refuses a full refresh, and allowed, empties the table and begins the stream anew', async () => {
    const refused = await deploy([GAINED, MASKED], '--full-refresh');
    expect([refused.exit, refused.sent]).toEqual([1, []]);
    expect(refused.output).toContain('full refresh of orders_events is refused');

    const allowed = await deploy([GAINED, MASKED], '--full-refresh', '--vars', 'allow_full_refresh: true');
    expect(allowed.exit).toBe(0);
    expect(headsOf(allowed.sent)).toEqual([
      SAME_TABLE,
      `alter task if exists ${TASK} suspend`,
      `drop stream if exists ${STREAM}`,
      `delete from ${SILVER}`,
      SAME_STREAM,
      `alter task ${TASK} suspend`,
      `create or alter task ${TASK}`,
      `alter task ${TASK} resume`,
      `create or replace dynamic table ${GOLD}`,
    ]);
    expect(frozenRows()).toEqual([]);
  });
});
