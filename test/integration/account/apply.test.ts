import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startFakesnow, type Fakesnow } from '@das/testing';

const ROOT = join(__dirname, '../../..');
const SCHEMACHANGE = join(ROOT, '.tools/dbt/bin/schemachange');
/** DuckDB has no roles, no policies and nothing to schedule: such statements are taken, and have no effect. */
const HOOKS = ['account.py:without_effect', 'stand_ins.py:stand_in'].map((hook) =>
  join(ROOT, 'test/fakesnow', hook),
);

/** Given once to a deployment, which makes the reader account. */
const PASSWORD = 'p-is-secret';

describe('sql/, applied by schemachange', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-account-'));
  const sql = join(dir, 'sql');
  let fakesnow: Fakesnow;
  let printed = '';

  beforeAll(async () => {
    cpSync(join(ROOT, 'sql'), sql, { recursive: true });
    fakesnow = await startFakesnow({ dir, hooks: HOOKS });
    await fakesnow.run('CREATE DATABASE DAS_ADMIN');
  }, 60_000);
  afterAll(async () => {
    await fakesnow.process.stop();
    rmSync(dir, { recursive: true });
  });

  /** @returns the scripts that were applied, or would be, in order */
  function schemachange(profile: string, ...more: readonly string[]): readonly string[] {
    const config = readFileSync(join(sql, `${profile}.yml`), 'utf8');
    const keys = [...config.matchAll(/env_var\('(\w+)'\)/g)].map(([, name]) => [name, 'KEY']);
    const { port } = new URL(fakesnow.url);
    const { status, stdout, stderr } = spawnSync(
      SCHEMACHANGE,
      [
        'deploy',
        `--config-folder=${sql}`,
        `--config-file-name=${profile}.yml`,
        `--schemachange-root-folder=${sql}`,
        ...more,
      ],
      {
        encoding: 'utf8',
        cwd: dir,
        env: {
          PATH: process.env.PATH,
          NO_COLOR: '1',
          SNOWFLAKE_ACCOUNT: 'fakesnow',
          SNOWFLAKE_USER: 'test',
          SNOWFLAKE_PASSWORD: 'none',
          SNOWFLAKE_HOST: '127.0.0.1',
          SNOWFLAKE_PORT: port,
          SNOWFLAKE_PROTOCOL: 'http',
          ...(Object.fromEntries(keys) as Readonly<Record<string, string>>),
          TAILWIND_READER_ADMIN_PASSWORD: PASSWORD,
        },
      },
    );
    printed += `${stdout}${stderr}`;
    if (status !== 0) throw new Error(`${stdout}${stderr}`.slice(-2_000));
    return [
      ...stdout.matchAll(/(?:Applying R SQL change script|Skipping execution).*a_script_name=(\S+)/g),
    ].map(([, name = '']) => name);
  }

  const scripts = readdirSync(join(ROOT, 'sql'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => basename(name))
    .sort();

  const ofShares = scripts.filter((name) => name.startsWith('R__900_'));

  /** The tables that shared views show, as far as they show them. */
  async function makeGold(): Promise<void> {
    for (const name of ofShares) {
      const text = readFileSync(join(sql, 'shares', name), 'utf8');
      const views = text.matchAll(/SELECT ((?:"\w+"(?:, )?)+)\nFROM ("\w+"\."GOLD"\."\w+")/g);
      const columns = new Map<string, Set<string>>();
      for (const [, shown = '', table = ''] of views)
        columns.set(table, new Set([...(columns.get(table) ?? []), ...shown.split(', ')]));
      for (const [table, names] of columns)
        await fakesnow.run(
          `CREATE TABLE ${table} (${[...names].map((column) => `${column} VARCHAR`).join(', ')})`,
        );
    }
  }

  it('is planned without touching anything, applied in order, and then left alone', async () => {
    expect(schemachange('development', '--schemachange-dry-run')).toEqual(scripts);
    const made = () => statements().filter((text) => text.includes('CREATE DATABASE IF NOT EXISTS "BROOK'));
    expect(made()).toEqual([]);
    // What others read needs tables that dbt makes: the last scripts wait for them, and all others are applied.
    expect(() => schemachange('development')).toThrow(/R__900_\w+_shares\.sql[^]*ORDERS/);
    await makeGold();
    expect(schemachange('development')).toEqual(ofShares);
    // Once for each domain.
    expect(made()).toHaveLength(scripts.filter((name) => name.startsWith('R__100_')).length);
    expect(schemachange('development')).toEqual([]);
  }, 300_000);

  it('is applied again where a script differs, and where a profile does', () => {
    const [changed = ''] = readdirSync(sql, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('R__220_'),
    );
    writeFileSync(join(sql, changed), `${readFileSync(join(sql, changed), 'utf8')}SELECT 1;\n`);
    expect(schemachange('development')).toEqual([basename(changed)]);
    const others = schemachange('production', '--schemachange-dry-run');
    expect(others).toContain('R__220_warehouses.sql');
    expect(others).toContain('R__320_brook_commerce_masking_policies.sql');
    expect(others).not.toContain('R__200_roles.sql');
  });

  it('says for each profile what differs, and nothing that is left to be filled in', () => {
    const sent = statements().join('\n');
    const [, credits] =
      /transform_wh_credits: (\d+)/.exec(readFileSync(join(sql, 'development.yml'), 'utf8')) ?? [];
    expect(sent).toContain(`CREDIT_QUOTA = ${credits} `);
    expect(sent).toContain(`RSA_PUBLIC_KEY = 'KEY'`);
    expect(sent).not.toMatch(/\{\{|\}\}/);
  });

  it('makes a reader account by the password that is given, and prints it nowhere', () => {
    const made = statements().filter((text) => text.includes('CREATE MANAGED ACCOUNT'));
    expect(made).toEqual([expect.stringContaining(`ADMIN_PASSWORD = '${PASSWORD}', TYPE = READER`)]);
    expect(printed).toContain('R__270_reader_accounts.sql');
    expect(printed).not.toContain(PASSWORD);
  });

  it('makes shared views, of their columns alone', async () => {
    const [northwind = ''] = [
      ...readFileSync(join(sql, 'shares', ofShares[0] ?? ''), 'utf8').matchAll(/VIEW ("[^ ]+)/g),
    ].map(([, name]) => name ?? '');
    await fakesnow.run(`SELECT "ORDER_ID", "REGION" FROM ${northwind}`);
    await expect(fakesnow.run(`SELECT "CUSTOMER_PHONE" FROM ${northwind}`)).rejects.toThrow();
  });

  it('makes the tables that collectors and das append to', async () => {
    for (const table of [
      '"BRONZE"."ORDERS_EVENTS_V1"',
      '"OPS"."DEAD_LETTER_AUDIT"',
      '"OPS"."BREAK_GLASS_AUDIT"',
    ])
      await fakesnow.run(`SELECT * FROM "BROOK_COMMERCE".${table}`);
    await expect(fakesnow.run('SELECT * FROM "BROOK_COMMERCE"."BRONZE"."NOTHING"')).rejects.toThrow();
  });

  function statements(): readonly string[] {
    return fakesnow
      .events()
      .flatMap(({ event, sql: text }) => (event === 'statement' && text !== undefined ? [text] : []));
  }
});
