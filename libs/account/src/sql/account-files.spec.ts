import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import { loadAccount } from '../declaration';
import { declareAccount } from '../declared-account';
import { accountFiles } from './account-files';
import { creditsPerMonth } from './profile';

const folder = join(__dirname, '../../../../contracts');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.odcs.yaml'));
const documents = loadContracts(files.sort().map((name) => join(folder, name)));
const declaration = loadAccount(folder);
const account = declareAccount(documents, loadAccess(folder), declaration);
const scripts = accountFiles(account).filter(({ path }) => path.endsWith('.sql'));

/** Procedures' bodies in one piece. */
const statements = scripts.flatMap(({ text }) =>
  [...text.replaceAll(/^--.*\n/gm, '').matchAll(/(?:\$\$[\s\S]*?\$\$|'(?:[^']|'')*'|[^;'$])+;/g)].map(([statement]) =>
    statement.trim(),
  ),
);

describe('the SQL of an account', () => {
  it('can be applied again, and takes nothing away', () => {
    const repeatable =
      /^(EXECUTE IMMEDIATE \$\$)?(CREATE [A-Z. ]+ IF NOT EXISTS|CREATE OR REPLACE PROCEDURE .* COPY GRANTS |CREATE OR REPLACE SECURE VIEW [^)]*\)\sCOPY GRANTS |ALTER [A-Z ]+|GRANT |CALL )/;
    // Made where its password is given, which is once; then told where it is.
    const ofReaders = /^\{% if \w+_secret %\}CREATE MANAGED ACCOUNT |^\{% endif %\}\nSHOW MANAGED ACCOUNTS LIKE /;
    expect(statements.length).toBeGreaterThan(200);
    expect(statements.filter((statement) => !repeatable.test(statement) && !ofReaders.test(statement))).toEqual([]);
    const outside = statements.map((statement) => statement.replaceAll(/\$\$BEGIN[\s\S]*?\$\$|\$\$DECLARE[\s\S]*?\$\$/g, ''));
    expect(outside.filter((statement) => /\b(DROP|REVOKE|TRUNCATE|UNSET)\b/.test(statement))).toEqual([]);
  });

  it('gives no role to one above, so that no administrator sees what a mask hides', () => {
    const given = statements.filter((statement) => /TO ROLE "(SYSADMIN|ACCOUNTADMIN|SECURITYADMIN|PUBLIC)"/.test(statement));
    const ofViews = /^GRANT SELECT ON (DYNAMIC TABLE|TABLE|VIEW) "(\w+)"\."GOLD"\."(\w+)" TO ROLE "ACCOUNTADMIN";$/;
    expect(given.filter((statement) => !ofViews.test(statement))).toEqual([]);
    // Whoever deploys owns the views that are shared, which read with its rights: it is no role that a mask knows.
    const shared = account.shares.map(({ database, table }) => `${database}.${table.name}`);
    const tables = given.map((statement) => ofViews.exec(statement)?.slice(2).join('.'));
    expect(tables).toEqual([...new Set(shared)]);
  });

  it('lets one program and nobody else have the role that sees everything', () => {
    expect(account.roleGrants.filter(({ role }) => role.name === 'TRANSFORMER').map(({ to }) => to)).toEqual([
      { type: 'USER', name: 'TRANSFORM_SERVICE' },
    ]);
  });

  it('lets nobody who reads products reach BRONZE, SILVER or an internal table', () => {
    const readers = new Set(account.tables.flatMap((table) => table.readers));
    const tiers = account.roleGrants.filter(
      ({ role, to }) => /\.(BRONZE|SILVER|GOLD)_READ$/.test(role.name) && readers.has(to.name) && to.name !== 'TRANSFORMER',
    );
    expect(tiers).toEqual([]);
  });

  it('holds no key: each comes in a variable', () => {
    const keys = statements.flatMap((statement) => /RSA_PUBLIC_KEY = '([^']*)'/.exec(statement)?.[1] ?? []);
    expect(keys.length).toBe(Object.keys(account.services).length);
    expect(keys.filter((key) => !/^\{\{ \w+_public_key \}\}$/.test(key))).toEqual([]);
    const passwords = statements.flatMap((statement) => /PASSWORD = '([^']*)'/.exec(statement)?.[1] ?? []);
    expect(passwords).toEqual(['{{ tailwind_reader_secret }}']);
  });

  it('costs at most what a trial account has, by what stops warehouses and what budgets expect', () => {
    expect(creditsPerMonth(account, 'development')).toBe(30 * account.databases.length);
    const { usdPerCredit, monthlyUsd } = declaration.costs.development;
    const budgets = declaration.serverlessCredits.development * account.databases.length;
    expect((creditsPerMonth(account, 'development') + budgets) * usdPerCredit).toBe(
      120 * account.databases.length,
    );
    expect(120 * account.databases.length).toBeLessThanOrEqual(400);
    expect(monthlyUsd).toBe(400);
  });
});
