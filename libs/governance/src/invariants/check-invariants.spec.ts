import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseContracts } from '@das/contracts';
import { statementsOf } from '../rendered/statements';
import { CONTRACTS, DB, deployed, policy, wheres } from '../testing/deployed';
import { INVARIANTS, type Broken, type Invariant } from './broken';
import { brokenInvariants } from './check-invariants';
import { orderFaults } from './statement-order';
import { wantedTables } from './wanted-tables';

it('hold of what is sent to Snowflake', () => {
  expect(brokenInvariants(deployed)).toEqual([]);
});

/** Changes the first text, of the account's statements or of dbt's files, in which that is found. */
function changed(from: string | RegExp, to: string): readonly Broken[] {
  const all = [...deployed.account, ...deployed.files];
  const at = all.findIndex((text) => text.replace(from, to) !== text);
  if (at < 0) throw new Error(`nothing that is sent has ${String(from)}`);
  const other = all.map((text, index) => (index === at ? text.replace(from, to) : text));
  const account = other.slice(0, deployed.account.length);
  return brokenInvariants({ ...deployed, account, files: other.slice(account.length) });
}
const added = (...statements: readonly string[]): readonly Broken[] =>
  brokenInvariants({ ...deployed, account: [...deployed.account, ...statements] });
const orders = `"${DB}"."GOLD"."ORDERS"`;

describe('names the column that', () => {
  it.each<[what: string, from: string | RegExp, to: string, invariant: Invariant, where: string]>([
    [
      'lost its mask in GOLD',
      ` WITH MASKING POLICY ${policy('MASK_ADDRESS')}`,
      '',
      'personal-is-masked',
      'GOLD.ORDERS.SHIPPING_LINE1',
    ],
    [
      'lost its mask in SILVER',
      /("SHIPPING_ADDRESS_CITY" VARCHAR NOT NULL) WITH MASKING POLICY \S+/,
      '$1',
      'personal-is-masked',
      'SILVER.ORDERS_EVENTS.SHIPPING_ADDRESS_CITY',
    ],
    [
      'lost its mask in BRONZE',
      ` WITH MASKING POLICY ${policy('MASK_PAYLOAD_VARIANT')}`,
      '',
      'personal-is-masked',
      'BRONZE.AUTH_EVENTS_V1.PAYLOAD',
    ],
    [
      'lost its mask in OPS',
      new RegExp(`("OLD_TOKEN" VARCHAR NOT NULL) WITH MASKING POLICY ${policy('MASK_REKEYED_TOKEN')}`),
      '$1',
      'personal-is-masked',
      'OPS.TOKEN_REKEYS.OLD_TOKEN',
    ],
    [
      'is masked as something else',
      new RegExp(`("CUSTOMER_NAME" VARCHAR WITH MASKING POLICY) ${policy('MASK_NAME')}`),
      `$1 ${policy('MASK_EMAIL')}`,
      'personal-is-masked',
      'GOLD.ORDERS.CUSTOMER_NAME',
    ],
    [
      'lost the tag of its kind',
      `, ${policy('PHI_KIND')} = 'phone'`,
      '',
      'personal-is-masked',
      'GOLD.CUSTOMER_VERSIONS.PHONE',
    ],
    [
      'is personal and tagged as internal',
      /("CUSTOMER_EMAIL" VARCHAR WITH MASKING POLICY \S+ WITH TAG \(\S+ = )'pii'/,
      "$1'internal'",
      'personal-is-masked',
      'GOLD.ORDERS.CUSTOMER_EMAIL',
    ],
    [
      'is protected by nothing',
      `, ${policy('PROTECTED_BY')} = 'ingest'`,
      '',
      'personal-is-masked',
      'SILVER.AUTH_EVENTS.IP',
    ],
    [
      'a view shows without a tag',
      `, ${policy('PROTECTED_BY')} = 'table'`,
      '',
      'personal-is-masked',
      'GOLD.CUSTOMERS.EMAIL',
    ],
    [
      'nobody classified',
      ` WITH TAG (${policy('CLASSIFICATION')} = 'internal') COMMENT 'Sales region`,
      " COMMENT 'Sales region",
      'unclassified-is-denied',
      'GOLD.CUSTOMER_VERSIONS.REGION',
    ],
    [
      'is in no contract',
      `create or replace dynamic table ${orders} (`,
      `create or replace dynamic table ${orders} ("SURPRISE" VARCHAR,`,
      'unclassified-is-denied',
      'GOLD.ORDERS.SURPRISE',
    ],
    [
      'would come by the class of its table',
      new RegExp(`(ON \\("REGION"\\)\\s+WITH TAG \\(${policy('HIGHEST_CLASS')} = '\\w+')`),
      `$1, ${policy('CLASSIFICATION')} = 'internal'`,
      'unclassified-is-denied',
      'GOLD.CUSTOMER_VERSIONS',
    ],
    [
      'is masked by the column that decides about rows',
      new RegExp(`("CUSTOMER_EMAIL" VARCHAR WITH MASKING POLICY ${policy('MASK_EMAIL')})`),
      '$1 USING ("CUSTOMER_EMAIL", "REGION")',
      'mask-of-one-argument',
      'GOLD.ORDERS.CUSTOMER_EMAIL',
    ],
    [
      'decides about rows, and is masked',
      new RegExp(`"REGION" VARCHAR (WITH TAG)`),
      `"REGION" VARCHAR WITH MASKING POLICY ${policy('MASK_ADDRESS')} $1`,
      'mask-of-one-argument',
      'GOLD.CUSTOMER_VERSIONS.REGION',
    ],
  ])('%s', (_, from, to, invariant, where) => {
    expect(wheres(changed(from, to), invariant)).toEqual([`${DB}.${where}`]);
  });

  it.each([
    [
      `create or replace secure view "${DB}"."GOLD"."COPY" ("REGION") as select "REGION" from ${orders}`,
      'GOLD',
    ],
    [`create table if not exists "${DB}"."SILVER"."COPY" ("REGION" VARCHAR)`, 'SILVER'],
    [`CREATE TABLE "${DB}"."BRONZE"."COPY" AS SELECT "REGION" FROM ${orders}`, 'BRONZE'],
  ])('is of a table that no contract makes: %s', (statement, tier) => {
    expect(wheres(added(statement), 'unclassified-is-denied')).toEqual([`${DB}.${tier}.COPY`]);
  });

  it.each([
    `union all select * from "${DB}"."SILVER"."ORDERS_EVENTS"`,
    `where exists (select 1 from ${orders})`,
  ])('is of a view of more than one table: %s', (more) => {
    const found = changed(/(from "\w+"\."GOLD"\."CUSTOMERS_SCD")\s+where is_current/, `$1 ${more}`);
    expect(wheres(found, 'personal-is-masked')).toEqual([`${DB}.GOLD.CUSTOMERS`]);
  });

  it('is of a type of which nothing unclassified is denied', () => {
    const found = changed(`MASKING POLICY ${policy('DENY_UNCLASSIFIED_BOOLEAN')}, `, '');
    expect(wheres(found, 'unclassified-is-denied')).toContain(`${DB}.GOLD.CUSTOMERS_SCD.IS_CURRENT`);
  });
});

describe('a policy', () => {
  const emails = ['GOLD.CUSTOMER_VERSIONS.EMAIL', 'GOLD.ORDERS.CUSTOMER_EMAIL'].map(
    (name) => `${DB}.${name}`,
  );
  const bodyOf = (name: string) => new RegExp(`(ALTER MASKING POLICY ${policy(name)} SET BODY -> )(.*)`);

  it.each<[what: string, from: RegExp, to: string]>([
    ['shows its kind where it is not production', /'\{\{ environment \}\}' = 'production' and /, ''],
    ['shows its kind to whoever asks', / else .* end$/, ' else "VALUE" end'],
    [
      'shows its kind to a role that does not refresh',
      / else /,
      ' when is_role_in_session(\'DATA_API\') then "VALUE" else ',
    ],
    [
      'shows its kind by something else than a role',
      /\(is_role_in_session\('ANALYST_PHI'\)/,
      "(current_user() = 'ANN'",
    ],
    [
      'is something else than a case',
      /^.*SET BODY -> .*$/,
      `ALTER MASKING POLICY ${policy('MASK_EMAIL')} SET BODY -> "VALUE"`,
    ],
  ])('%s', (_, from, to) => {
    const account = deployed.account.map((sql) =>
      bodyOf('MASK_EMAIL').test(sql) ? sql.replace(from, to) : sql,
    );
    expect(account).not.toEqual(deployed.account);
    const found = wheres(brokenInvariants({ ...deployed, account }), 'clear-in-production-alone');
    expect(found).toEqual(expect.arrayContaining(emails));
  });

  it('shows what nobody classified', () => {
    const shows = changed(
      /(SET BODY -> .* in \('public', 'internal', 'confidential')\)/,
      "$1, 'unclassified')",
    );
    expect(wheres(shows, 'unclassified-is-denied')).toEqual([`${DB}.OPS.DENY_UNCLASSIFIED_VARCHAR`]);
    const untagged = changed(`ALTER SCHEMA "${DB}"."GOLD" SET TAG`, 'SELECT 1 --');
    expect(wheres(untagged, 'unclassified-is-denied')).toEqual([`${DB}.GOLD`]);
  });

  it('has two arguments', () => {
    const found = changed(/("MASK_PHONE" AS \("VALUE" VARCHAR)\)/, '$1, "REGION" VARCHAR)');
    expect(wheres(found, 'mask-of-one-argument')).toContain(`${DB}.GOLD.ORDERS.CUSTOMER_PHONE`);
  });

  it('is named before it is created', () => {
    const [tags, others] = [/^CREATE TAG .*"PHI_KIND"/, /^CREATE ROW ACCESS POLICY/].map((head) =>
      deployed.account.filter((sql) => !head.test(sql)),
    );
    const missing = [{ account: tags }, { account: others }].map(({ account = [] }) =>
      wheres(
        brokenInvariants({
          ...deployed,
          account: account.filter((sql) => !sql.startsWith('ALTER ROW ACCESS')),
        }),
        'policy-exists',
      ),
    );
    expect(missing.map((names) => names.filter((name) => name.startsWith(DB)))).toEqual([
      [`${DB}.OPS.PHI_KIND`],
      [`${DB}.OPS.ROWS_BY_REGION`],
    ]);
  });

  it.each([
    [
      `CREATE OR REPLACE MASKING POLICY ${policy('MASK_EMAIL')} AS ("VALUE" VARCHAR) RETURNS VARCHAR -> null`,
      'OPS.MASK_EMAIL',
    ],
    [`ALTER TABLE ${orders} MODIFY COLUMN "CUSTOMER_EMAIL" UNSET MASKING POLICY`, 'GOLD.ORDERS'],
    [`ALTER TABLE ${orders} DROP ALL ROW ACCESS POLICIES`, 'GOLD.ORDERS'],
    [`ALTER TABLE ${orders} MODIFY COLUMN "REGION" UNSET TAG ${policy('CLASSIFICATION')}`, 'GOLD.ORDERS'],
    [`DROP ROW ACCESS POLICY ${policy('ROWS_BY_REGION')}`, 'OPS.ROWS_BY_REGION'],
    [
      `EXECUTE IMMEDIATE $$ALTER TABLE ${orders} DROP ROW ACCESS POLICY ${policy('ROWS_BY_REGION')}$$`,
      'GOLD.ORDERS',
    ],
  ])('is taken off or replaced: %s', (statement, where) => {
    expect(wheres(added(statement), 'policy-stays')).toEqual([`${DB}.${where}`]);
  });
});

describe('a role', () => {
  it.each([
    [`GRANT DATABASE ROLE "${DB}"."BRONZE_READ" TO ROLE "ANALYST_EMEA"`, 'ANALYST_EMEA'],
    [`GRANT ROLE "OPS_MONITOR" TO ROLE "DOMAIN_STEWARD_COMMERCE"`, 'DOMAIN_STEWARD_COMMERCE'],
    [
      `GRANT SELECT ON ALL TABLES IN SCHEMA "${DB}"."BRONZE" TO DATABASE ROLE "${DB}"."GOLD_READ_SESSIONS"`,
      'DATA_API',
    ],
    [`GRANT SELECT ON TABLE "${DB}"."BRONZE"."AUTH_EVENTS_V1" TO ROLE "PUBLIC"`, 'PUBLIC'],
  ])('reaches BRONZE: %s', (statement, role) => {
    const found = added(statement).filter(({ invariant }) => invariant === 'bronze-is-for-services');
    expect(found.map(({ message }) => message)).toContain(
      `${DB}.BRONZE.AUTH_EVENTS_V1 can be read by ${role}`,
    );
  });

  it.each([
    `GRANT SELECT ON DYNAMIC TABLE "${DB}"."SILVER"."ORDERS_EVENTS" TO ROLE "ANALYST_EMEA"`,
    `GRANT DATABASE ROLE "${DB}"."SILVER_READ" TO ROLE "ANALYST_EMEA"`,
  ])('reaches SILVER: %s', (statement) => {
    const found = added(statement).filter(({ invariant }) => invariant === 'silver-is-for-services');
    expect(found.map(({ message }) => message)).toContain(
      `${DB}.SILVER.ORDERS_EVENTS can be read by ANALYST_EMEA`,
    );
  });

  it.each([
    `grant select on dynamic table ${DB}.GOLD.ORDERS to role ANALYST_EMEA`,
    `GRANT ALL ON TABLE "${DB}"."GOLD"."SESSIONS" TO ROLE "ANALYST_EMEA"`,
    `GRANT OWNERSHIP ON TABLE ${orders} TO ROLE "ANALYST_EMEA" COPY CURRENT GRANTS`,
    `GRANT INSERT, SELECT ON TABLE ${orders} TO ROLE "ANALYST_EMEA"`,
    `GRANT CREATE TABLE, SELECT ON TABLE ${orders} TO ROLE "ANALYST_EMEA"`,
    `GRANT SELECT ON TABLE ${orders} TO SHARE "ABROAD"`,
  ])('is given something in a way that is not understood: %s', (statement) => {
    expect(wheres(added(statement), 'grant-is-known')).toEqual([statement]);
  });

  it.each([
    ['GRANT ROLE "TRANSFORMER" TO USER "ANN"', 'TRANSFORMER'],
    ['GRANT ROLE "TRANSFORMER" TO ROLE "COMPLIANCE_AUDITOR"', 'TRANSFORMER'],
    ['GRANT ROLE "ANALYST_EMEA" TO ROLE "SYSADMIN"', 'SYSADMIN'],
  ])('gives a person everything: %s', (statement, where) => {
    expect(wheres(added(statement), 'no-person-sees-everything')).toEqual([where]);
  });

  it('that people hold sees everything', () => {
    const { roles } = deployed.access;
    const { TRANSFORMER: all } = roles;
    if (all === undefined) throw new Error('nobody refreshes');
    const access = {
      ...deployed.access,
      roles: { ...roles, TRANSFORMER: { ...all, kind: 'functional' as const } },
    };
    expect(wheres(brokenInvariants({ ...deployed, access }), 'no-person-sees-everything')).toEqual([
      'TRANSFORMER',
    ]);
  });
});

it('are broken by every mask, row access policy and tag of personal data that is taken away, one at a time', () => {
  const clause =
    / WITH (?:MASKING POLICY \S+(?= WITH TAG)|ROW ACCESS POLICY \S+ ON \([^)]*\))|, "\w+"\."OPS"\."(?:PHI_KIND|PROTECTED_BY)" = '\w+'/g;
  const creations = [
    ...deployed.account.filter((sql) => sql.startsWith('CREATE TABLE')),
    ...deployed.files.map((file) => statementsOf(file)[0] ?? ''),
  ];
  const wanted = wantedTables(deployed.documents);
  const mutants = creations.flatMap((sql) =>
    [...sql.matchAll(clause)].map(
      ({ 0: found, index }) => sql.slice(0, index) + sql.slice(index + found.length),
    ),
  );
  expect(mutants.length).toBeGreaterThanOrEqual(65);
  expect(mutants.filter((mutant) => orderFaults([mutant], wanted).length === 0)).toEqual([]);
});

it('refuses a mask that cannot be made of what landed', () => {
  const file = join(CONTRACTS, 'brook_commerce/orders_events_v1.odcs.yaml');
  const text = readFileSync(file, 'utf8');
  const redacted = text.replace(/(phi:email[\s\S]*?das\.protect, value: )clear/, '$1redact');
  expect(redacted).not.toBe(text);
  expect(() => parseContracts([{ file, text: redacted }])).toThrow(
    /:\d+:\d+ .*das\.mask cannot be made of what das\.protect redact lands: it needs clear/,
  );
});

it('each say what they hold', () => {
  expect(Object.values(INVARIANTS).every((text) => /^[A-Z].*\.$/.test(text))).toBe(true);
});
