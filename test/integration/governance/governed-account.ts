import { createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appliedStatements, inEnvironment } from '@das/governance';
import { makeKeys, startFakesnow, type Fakesnow } from '@das/testing';
import { openSession, type Session, type Told } from '@das/warehouse';

const ROOT = join(__dirname, '../../..');
const TIERS = ['OPS', 'BRONZE', 'SILVER', 'GOLD'];

/** An account on which roles, grants, tags and policies are in force, as far as its stand-in knows them. */
export interface GovernedAccount {
  readonly fakesnow: Fakesnow;
  /** What the das command needs to reach it, as a user who may do everything. */
  readonly env: Readonly<Record<string, string>>;
  run(sql: string): Promise<Told>;
  /** What is there, and who was given what, but for what the deployment itself made. */
  state(): Promise<unknown>;
  stop(): Promise<void>;
}

/** To which sql/ was deployed with the profile of development, as far as policies and roles go. */
export async function governedAccount(dir: string): Promise<GovernedAccount> {
  const { privateKeyPath } = makeKeys(join(dir, 'tester'));
  const publicKeyPath = join(dir, 'tester.pub');
  const publicKey = createPublicKey(readFileSync(privateKeyPath, 'utf8'));
  writeFileSync(publicKeyPath, publicKey.export({ type: 'spki', format: 'pem' }));
  const fakesnow = await startFakesnow({
    dir,
    publicKeyPath,
    hooks: [`${join(ROOT, 'test/fakesnow/governed.py')}:governed`],
  });
  const env = {
    SNOWFLAKE_ACCOUNT_URL: fakesnow.url,
    SNOWFLAKE_ACCOUNT: 'ORG-ACCT',
    SNOWFLAKE_USER: 'TESTER',
    SNOWFLAKE_PRIVATE_KEY_PATH: privateKeyPath,
    DAS_READ_WAREHOUSE: 'TEST_WH',
    DAS_LAKE: '',
    DAS_REFINED: '',
  };
  const session: Session = await openSession(env, { queryTag: 'das-test' });
  const run = async (sql: string): Promise<Told> => session.run(sql);
  const stop = async (): Promise<void> => {
    await session.close();
    await fakesnow.process.stop();
  };
  try {
    for (const sql of deployment()) await run(sql);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return {
    fakesnow,
    env,
    run,
    state: async () => {
      const rows: unknown[] = [];
      for (const sql of [
        `SHOW SCHEMAS LIKE '%' IN DATABASE "POLICY_TESTS"`,
        'SHOW GRANTS TO USER "TESTER"',
        'SHOW GRANTS ON DATABASE "POLICY_TESTS"',
        'SHOW GRANTS ON WAREHOUSE "TEST_WH"',
      ])
        rows.push((await run(sql)).rows);
      return rows;
    },
    stop,
  };
}

function deployment(): readonly string[] {
  const roles = appliedStatements(join(ROOT, 'sql/account')).filter((sql) =>
    /^(CREATE ROLE|GRANT ROLE "\w+" TO ROLE) /.test(sql),
  );
  const policies = appliedStatements(join(ROOT, 'sql/policies'));
  const databases = new Set(policies.map((sql) => /^CREATE TAG IF NOT EXISTS "(\w+)"/.exec(sql)?.[1]));
  databases.delete(undefined);
  return [
    'CREATE WAREHOUSE "TEST_WH"',
    'CREATE DATABASE "POLICY_TESTS"',
    ...[...databases].flatMap((database = '') => [
      `CREATE DATABASE "${database}"`,
      ...TIERS.map((tier) => `CREATE SCHEMA "${database}"."${tier}"`),
    ]),
    ...roles,
    // What somebody has already is not taken from them.
    'GRANT USAGE ON WAREHOUSE "TEST_WH" TO ROLE "DATA_API"',
    'GRANT ROLE "ANALYST_EMEA" TO USER "TESTER"',
    ...policies.map((sql) => inEnvironment(sql, 'development')),
  ];
}
