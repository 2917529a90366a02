import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDas, startDas, until } from '@das/testing';
import { governedAccount, type GovernedAccount } from './governed-account';

const ROOT = join(__dirname, '../../..');
const CONTRACTS = join(ROOT, 'contracts');
const TEST = ['test', '--target', 'snowflake', '--database', 'policy_tests', '--json'];
const SMALL = [...TEST, '--product', 'orders', '--role', 'DATA_API', '--environment', 'production'];

interface Result {
  readonly cells: number;
  readonly disagreements: readonly {
    readonly role: string;
    readonly column: string;
    readonly found: string;
  }[];
  readonly left: readonly { readonly statement: string }[];
}

/** Where policies are in force as a stand-in has it; what Snowflake makes of them an account alone can show. */
describe('tables with the rendered policies attached, read as each role', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-attached-'));
  let account: GovernedAccount;
  let before: unknown;
  beforeAll(async () => {
    account = await governedAccount(dir);
    before = await account.state();
  }, 60_000);
  afterAll(async () => {
    await account.stop();
    rmSync(dir, { recursive: true });
  });
  const das = async (args: readonly string[], contracts = CONTRACTS, env = account.env) => {
    const { code, stdout, stderr } = await runDas(['policy', ...args, '--contracts', contracts], env);
    return { code, stderr, result: (stdout === '' ? {} : JSON.parse(stdout)) as Result };
  };

  it.each([
    ['each role sees of a table and a view over it', ['--product', 'customers'], 1500],
    ['a care team, of which mapping tables know, sees of every table', ['--role', 'CARE_TEAM'], 300],
  ])('show what %s; and nothing is left', async (_, some, least) => {
    const { code, result } = await das([...TEST, ...some, '--environment', 'production']);
    expect(result).toMatchObject({ disagreements: [], missing: [], left: [] });
    expect(result.cells).toBeGreaterThan(least);
    expect(code).toBe(0);
    expect(await account.state()).toEqual(before);
  });

  it('show what is not expected, where a policy, a clause or a grant differs', async () => {
    const root = join(dir, 'weakened');
    for (const folder of ['sql', 'dbt/rendered'])
      cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
    cpSync(CONTRACTS, join(root, 'contracts'), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    const change = (file: string, from: string | RegExp, to: string): void => {
      const text = readFileSync(join(root, file), 'utf8');
      const other = text.replaceAll(from, to);
      expect(other).not.toBe(text);
      writeFileSync(join(root, file), other);
    };
    const policies = 'sql/policies/brook_commerce/R__3';
    const orders = 'dbt/rendered/brook_commerce/gold/orders.sql';
    change(
      `${policies}20_brook_commerce_masking_policies.sql`,
      /else case when "VALUE" like.*/g,
      'else "VALUE"',
    );
    change(
      orders,
      /("CUSTOMER_NAME" VARCHAR).* WITH TAG \(("\S+)" = 'pii', \S+ = 'name'\)/g,
      `$1 WITH TAG ($2" = 'internal')`,
    );
    change(orders, /("CUSTOMER_PHONE" VARCHAR) WITH MASKING POLICY \S+/g, '$1');
    change(
      orders,
      '"COUPON" VARCHAR',
      '"COUPON" VARCHAR WITH PROJECTION POLICY "BROOK_COMMERCE"."OPS"."PROJECT_JOINS_ONLY"',
    );
    change(
      `${policies}50_brook_commerce_unclassified_is_denied.sql`,
      /when SYSTEM.*'internal', 'confidential'\)/g,
      'when true',
    );
    change(`${policies}30_brook_commerce_row_access_policies.sql`, `given.REGION = "OF_ROW_REGION"`, 'true');
    change(
      'sql/account/R__200_roles.sql',
      /^(GRANT DATABASE ROLE \S+GOLD_READ_ORDERS" TO ROLE) "DATA_API";$/gm,
      '$1 "ANALYST_HEALTH";',
    );

    const { code, result } = await das(
      [...TEST, '--product', 'orders', '--environment', 'production'],
      join(root, 'contracts'),
    );
    expect(code).toBe(1);
    const found = new Set(
      result.disagreements.map(({ role, column, found: seen }) => `${role} ${column} ${seen}`),
    );
    expect([...found]).toEqual(
      expect.arrayContaining([
        'ANALYST_COMMERCE customer_email "ada.sample@example.com"',
        'ANALYST_COMMERCE customer_name "Ada Sample"',
        'ANALYST_COMMERCE customer_phone "+1-202-555-0123"',
        'ANALYST_COMMERCE of_varchar "unclassified"',
        'ANALYST_COMMERCE coupon null',
        'ANALYST_EMEA region "NA"',
        'DATA_API order_id denied',
        'ANALYST_HEALTH order_id "ord_1"',
      ]),
    );
    expect(await account.state()).toEqual(before);
  });

  it.each([
    ['schemas and policies are made', 40, 'SIGINT'],
    ['a role reads', 'USE WAREHOUSE', 'SIGTERM'],
  ] as const)('are gone after a run that is ended while %s', async (_, when, signal) => {
    const from = account.fakesnow.events().length;
    const run = startDas(
      ['policy', ...SMALL, '--contracts', CONTRACTS],
      account.env,
      join(dir, `${when}.log`),
    );
    await until('as many statements', () => {
      const sent = account.fakesnow
        .events()
        .slice(from)
        .filter(({ event }) => event === 'statement');
      return typeof when === 'number'
        ? sent.length > when
        : sent.some(({ sql }) => sql?.startsWith(when) === true);
    });
    process.kill(run.pid ?? 0, signal);
    expect(await run.whenEnded()).toBe(130);
    expect(run.tail(20)).toContain('interrupted: taking back what was made');
    expect(await account.state()).toEqual(before);
  });

  it('are left by a run that is killed, and taken back by das policy clean-up', async () => {
    const run = startDas(
      ['policy', ...SMALL, '--contracts', CONTRACTS],
      account.env,
      join(dir, 'killed.log'),
    );
    const from = account.fakesnow.events().length;
    await until('a role that is taken', () =>
      account.fakesnow
        .events()
        .slice(from)
        .some(({ sql }) => sql?.startsWith('USE ROLE') === true),
    );
    await run.kill9();
    expect(await account.state()).not.toEqual(before);
    const { code, result } = await das(['clean-up', '--database', 'policy_tests', '--yes', '--json']);
    // Four schemas, the role, and USAGE on the database; USAGE on the virtual warehouse is the role's own.
    expect([code, result]).toEqual([0, { taken: 6, left: [] }]);
    expect(await account.state()).toEqual(before);
  });

  it('are told of, with the statement, where they cannot be taken back', async () => {
    await account.run('CREATE SCHEMA "POLICY_TESTS"."OTHERS"');
    const run = runDas(['policy', ...SMALL, '--contracts', CONTRACTS], account.env);
    const from = account.fakesnow.events().length;
    let policy = '';
    await until('a policy', () => {
      const sql = account.fakesnow
        .events()
        .slice(from)
        .find((event) => event.sql?.startsWith('ALTER ROW ACCESS'))?.sql;
      policy = /POLICY (\S+) SET/.exec(sql ?? '')?.[1] ?? '';
      return policy !== '';
    });
    await account.run(
      `CREATE TABLE "POLICY_TESTS"."OTHERS"."T" ("REGION" VARCHAR) WITH ROW ACCESS POLICY ${policy} ON ("REGION")`,
    );
    const { code, stdout, stderr } = await run;
    const drop = `DROP SCHEMA IF EXISTS ${policy.split('.').slice(0, 2).join('.')} CASCADE`;
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as Result).left.map(({ statement }) => statement)).toEqual([drop]);
    expect(stderr).toContain(`  ${drop};  -- `);
    await account.run('DROP SCHEMA IF EXISTS "POLICY_TESTS"."OTHERS" CASCADE');
    expect(await das(['clean-up', '--database', 'policy_tests', '--yes', '--json'])).toMatchObject({
      code: 0,
    });
    expect(await account.state()).toEqual(before);
  });

  it('are not made on an account whose policies say that it is in production', async () => {
    const body = `case when 'production' = 'production' and is_role_in_session('ANALYST_PHI') then "VALUE" end`;
    const policy = 'MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_PHONE"';
    const { rows } = await account.run(`DESCRIBE ${policy}`);
    await account.run(`ALTER ${policy} SET BODY -> ${body}`);
    const run = await runDas(['policy', ...SMALL, '--contracts', CONTRACTS], account.env);
    expect([run.code, run.stdout]).toEqual([78, '']);
    expect(run.stderr).toContain('BROOK_COMMERCE.OPS.MASK_PHONE says that this account is in production');
    await account.run(`ALTER ${policy} SET BODY -> ${rows[0]?.[1] ?? ''}`);
    expect(await account.state()).toEqual(before);
  });
});
