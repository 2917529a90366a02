import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts } from '@das/contracts';
import { orderFaults, statementsOf, wantedTables, type WantedTable } from '@das/governance';

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, 'dbt/rendered');
const contracts = readdirSync(join(ROOT, 'contracts'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.odcs.yaml'))
  .map((name) => join(ROOT, 'contracts', name));
const wanted = wantedTables(loadContracts(contracts));
/** What dbt makes: BRONZE, and what services write into OPS, are made by sql/. */
const tables = wanted.filter(({ name }) => /\.(SILVER|GOLD)\./.test(name));

const pathOf = ({ name }: WantedTable): string => `${name.toLowerCase().replaceAll('.', '/')}.sql`;
const textOf = (table: WantedTable): string => readFileSync(join(FOLDER, pathOf(table)), 'utf8');
const faultsOf = (sql: string, standing: readonly string[] = []): readonly string[] =>
  orderFaults(statementsOf(sql), wanted, standing).map(({ message }) => message);

const ORDERS = 'BROOK_COMMERCE.GOLD.ORDERS';
const EVENTS = 'BROOK_COMMERCE.SILVER.ORDERS_EVENTS';
const orders = tables.find(({ name }) => name === ORDERS);
const events = tables.find(({ name }) => name === EVENTS);
if (orders === undefined || events === undefined) throw new Error('no contract has the tables of this spec');

describe('what is sent to Snowflake', () => {
  it.each(tables.map((table) => [table.name, table] as const))(
    'protects %s before a row can be put there or seen there',
    (name, table) => {
      expect(textOf(table)).toContain(name.replaceAll(/\w+/g, '"$&"'));
      expect(faultsOf(textOf(table))).toEqual([]);
    },
  );

  it('has something to protect in SILVER and in GOLD', () => {
    expect(orders.columns.map(({ policy }) => policy)).toContain('MASK_EMAIL');
    expect(events.columns.find(({ name }) => name === 'MEMBER_LINK_TOKEN')?.policy).toBe('MASK_IDENTIFIER');
  });

  it('lets a view read nothing but tables that are protected', () => {
    const governed = tables.filter(({ isView }) => !isView).map(({ name }) => name);
    for (const view of tables.filter(({ isView }) => isView)) {
      const read = [...textOf(view).matchAll(/\bfrom ("\w+"\."\w+"\."\w+")/gi)].map(([, name = '']) =>
        name.replaceAll('"', ''),
      );
      expect(read.length).toBeGreaterThan(0);
      expect(read.filter((name) => !governed.includes(name))).toEqual([]);
    }
  });

  it('never replaces a table or a stream, and creates none with its rows', () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.sql'),
    );
    expect(files.length).toBeGreaterThanOrEqual(tables.length);
    for (const file of files) {
      for (const statement of statementsOf(readFileSync(join(FOLDER, file), 'utf8'))) {
        expect(statement).not.toMatch(/^create or replace (transient )?(table|stream)\b/i);
        expect(statement).not.toMatch(/^create table [^(]+ as\b/i);
      }
    }
  });
});

describe('faults that are found', () => {
  const policy = ' WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_EMAIL"';
  const rowAccess = 'WITH ROW ACCESS POLICY "BROOK_COMMERCE"."OPS"."ROWS_BY_REGION" ON ("REGION")';
  const changed = (table: WantedTable, change: (text: string) => string): readonly string[] => {
    const text = textOf(table);
    const other = change(text);
    expect(other).not.toBe(text);
    return faultsOf(other);
  };

  it('are a policy that is missing', () => {
    for (const table of [orders, events]) {
      expect(changed(table, (text) => text.replace(policy, ''))).toEqual([
        `${table.name}.CUSTOMER_EMAIL is not masked by MASK_EMAIL`,
      ]);
      expect(changed(table, (text) => text.replace(rowAccess, ''))).toEqual([`${table.name} shows all rows`]);
    }
  });

  it('are a policy, a row access policy or a tag in a comment alone', () => {
    expect(changed(orders, (text) => text.replace(policy, ` /*${policy} */`))).toHaveLength(1);
    expect(changed(orders, (text) => text.replace(policy, ` COMMENT '${policy} '`))).toHaveLength(1);
    expect(changed(orders, (text) => text.replace(rowAccess, `-- ${rowAccess}`))).toHaveLength(1);
  });

  it('are a policy that comes after the rows', () => {
    const after = `alter table "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS" modify column "CUSTOMER_EMAIL" set masking policy "BROOK_COMMERCE"."OPS"."MASK_EMAIL"`;
    expect(changed(events, (text) => `${text.replace(policy, '')}\n${after};\n`)).toHaveLength(1);
    const [create = '', ...others] = statementsOf(textOf(events));
    const swapped = [...others.slice(0, -1), create, ...others.slice(-1)].join(';\n');
    expect(faultsOf(swapped)).toEqual([`${EVENTS} gets rows before what protects it`]);
  });

  it('are readers who get a table before what protects it', () => {
    const [create = '', ...others] = statementsOf(textOf(orders));
    expect(others.at(-1)).toMatch(/^grant select on /);
    expect(faultsOf([...others, create].join(';\n'))).toEqual([
      `${ORDERS} gets readers before what protects it`,
    ]);
  });

  it('are a table that is created with its rows', () => {
    const ctas = changed(events, (text) => text.replace(/\n\)\n[^;]*;/, '\n) as select * from elsewhere;'));
    expect(ctas).toContain(`${events.name} is created with its rows`);
    const bare = 'create table "BROOK_COMMERCE"."GOLD"."ORDERS" as select 1';
    expect(faultsOf(bare)).toEqual([`${ORDERS} is not created with its columns`]);
  });

  it('are rows that come from a table that nothing protects', () => {
    const clone =
      'create table "BROOK_COMMERCE"."GOLD"."ORDERS" clone "BROOK_COMMERCE"."GOLD"."ORDERS__FROZEN"';
    expect(faultsOf(clone)).toContain(
      `${ORDERS} takes the rows of ${ORDERS}__FROZEN, which nothing protects`,
    );
    expect(faultsOf(clone, [`${ORDERS}__FROZEN`])).toEqual([]);
    const bare = clone.replace('"."ORDERS" clone', '"."ORDERS" ("ORDER_ID" VARCHAR) clone');
    expect(faultsOf(bare)).toContain(`${ORDERS}.CUSTOMER_EMAIL is not created`);
  });

  it('are a column that is added without its policy, and rows that are put aside without theirs', () => {
    const add = `alter table "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS" add column "CUSTOMER_PHONE" VARCHAR`;
    expect(faultsOf(add, [EVENTS])).toContain(`${EVENTS}.CUSTOMER_PHONE is not masked by MASK_PHONE`);
    const [create = ''] = statementsOf(textOf(events));
    const aside = create.replace('"ORDERS_EVENTS" (', '"ORDERS_EVENTS__FROZEN" (').replace(policy, '');
    expect(faultsOf(aside)).toEqual([`${EVENTS}__FROZEN.CUSTOMER_EMAIL is not masked by MASK_EMAIL`]);
  });

  it('are a policy that is taken off again, and a table that is replaced', () => {
    const unset = 'alter table "T" modify column "E" unset masking policy';
    expect(changed(events, (text) => `${text}\n${unset};`)).toEqual([
      `something loses what protects it: ${unset}`,
    ]);
    const replaced = changed(events, (text) =>
      text.replace('create table if not exists', 'create or replace table'),
    );
    expect(replaced.length).toBeGreaterThan(0);
  });

  it('are a mask by the column that decides about rows', () => {
    const using = `${policy} USING ("CUSTOMER_EMAIL", "REGION")`;
    expect(changed(orders, (text) => text.replace(policy, using))).toHaveLength(1);
  });
});
