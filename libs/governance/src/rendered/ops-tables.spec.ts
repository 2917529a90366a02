import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess } from '@das/contracts';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { inEnvironment } from '../compile/policy';
import { loadRendered } from './load-rendered';
import { mayRead } from './read-grants';
import { readTable } from './read-tables';

const ROOT = join(__dirname, '../../../..');
const REKEYS = 'BROOK_COMMERCE.OPS.TOKEN_REKEYS';
const { policies, grants } = loadRendered(ROOT);
const ddl = join(ROOT, 'sql/ops/brook_commerce/R__510_brook_commerce_token_rekeys.sql');
const { columns } = readTable(readFileSync(ddl, 'utf8'));

const ROW: Readonly<Record<string, string>> = {
  PURPOSE: 'link',
  FROM_KEY: 'k1',
  TO_KEY: 'k2',
  OLD_TOKEN: 'lnk.k1.before',
  NEW_TOKEN: 'lnk.k2.after',
  AT: '2026-11-27 06:00:00+00',
  ACTOR: 'jo@host',
};
const HIDDEN = { ...ROW, OLD_TOKEN: null, NEW_TOKEN: null };

/** Written down, not derived: a role that is added sees nothing of OPS until it stands here. */
const SEEN: Readonly<Record<'production' | 'development', Readonly<Record<string, unknown>>>> = {
  production: {
    TRANSFORMER: ROW,
    REPLAYER: ROW,
    COMPLIANCE_AUDITOR: HIDDEN,
    DOMAIN_STEWARD_COMMERCE: HIDDEN,
    OPS_MONITOR: HIDDEN,
  },
  development: {
    TRANSFORMER: ROW,
    REPLAYER: HIDDEN,
    COMPLIANCE_AUDITOR: HIDDEN,
    DOMAIN_STEWARD_COMMERCE: HIDDEN,
    OPS_MONITOR: HIDDEN,
  },
};

let instance: DuckDBInstance;
let db: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  db = await instance.connect();
});
afterAll(() => {
  db.closeSync();
  instance.closeSync();
});

/** The row, each value through the policy that its column is created with. */
async function seenBy(role: string, environment: string): Promise<unknown> {
  await db.run(`CREATE OR REPLACE MACRO is_role_in_session(name) AS (name = '${role}')`);
  const cells = [...columns].map(([name, { policy: attached }]) => {
    const policy = attached === undefined ? undefined : policies.get(attached);
    if (policy === undefined) return `'${ROW[name] ?? ''}' AS "${name}"`;
    const body = inEnvironment(policy.body, environment);
    return `(SELECT ${body} FROM (SELECT '${ROW[name] ?? ''}' AS "${policy.arguments[0] ?? ''}")) AS "${name}"`;
  });
  const found = await db.runAndReadAll(`SELECT ${cells.join(', ')}`);
  return found.getRowObjects()[0];
}

it.each(['production', 'development'] as const)(
  'who sees in %s which token became which is what is written down',
  async (environment) => {
    const { roles } = loadAccess(join(ROOT, 'contracts'));
    const readers = Object.keys(roles).filter((role) => mayRead(grants, role, REKEYS));
    const seen: Record<string, unknown> = {};
    // One after the other: a session has one role.
    for (const role of readers) seen[role] = await seenBy(role, environment);
    expect(seen).toEqual(SEEN[environment]);
  },
);
