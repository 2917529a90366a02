import { join } from 'node:path';
import { loadAccess, type AccessBook, type GovernedTable } from '@das/contracts';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { securedSelect } from '../local/secured-view';
import { constraintPolicies } from './constraint-policies';
import { maskingPolicies } from './masking-policies';
import { mappingTables, rowPolicies } from './row-policies';

const access = loadAccess(join(__dirname, '../../../../contracts'));
const column = (name: string, type = 'VARCHAR') =>
  ({ name, type, nullable: true, classification: 'internal' }) as const;

/** A table whose rows are decided by a policy, in whichever columns. */
function table(
  policy: string,
  columns: readonly string[],
  others: Partial<GovernedTable> = {},
): GovernedTable {
  return {
    domain: 'brook_health',
    database: 'BROOK_HEALTH',
    tier: 'GOLD',
    name: 'T',
    contract: 't',
    isInternal: false,
    isView: false,
    rowAccess: { policy, columns },
    readers: [],
    columns: columns.map((name) => column(name, name === 'CONSENTED' ? 'BOOLEAN' : 'VARCHAR')),
    ...others,
  };
}

let instance: DuckDBInstance;
let db: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  db = await instance.connect();
  await db.run('CREATE MACRO current_account() AS (NULL::VARCHAR)');
});
afterAll(() => {
  db.closeSync();
  instance.closeSync();
});

/** The first column of the rows that a role sees, with rows in the mapping tables that people keep. */
async function seen(
  role: string,
  one: GovernedTable,
  rows: string,
  book: AccessBook = access,
  kept: Readonly<Record<string, readonly (readonly string[])[]>> = {},
): Promise<readonly string[]> {
  await db.run(`CREATE OR REPLACE MACRO is_role_in_session(name) AS (name = '${role}')`);
  const domain = {
    domain: one.domain,
    database: one.database,
    policies: [...maskingPolicies(book, [one]), ...rowPolicies(book, [one])],
    constraints: constraintPolicies(book),
    mappings: mappingTables(book, [one], []).map((mapping) => ({
      ...mapping,
      rows: kept[mapping.name] ?? mapping.rows,
    })),
  };
  const names = one.columns.map(({ name }) => `"${name}"`).join(', ');
  await db.run(`CREATE OR REPLACE TABLE base AS SELECT * FROM (VALUES ${rows}) AS literal(${names})`);
  const found = await db.runAndReadAll(securedSelect(one, domain).replace('{{ base }}', 'base'));
  return found
    .getRows()
    .map(([value]) => String(value))
    .toSorted();
}

describe('rows by care team', () => {
  const patients = table('care_team', ['PATIENT', 'REGION']);
  const rows = "('p1', 'EMEA'), ('p2', 'NA'), ('p3', NULL)";

  it('are those of the patients in its care, whatever their region', async () => {
    const [[user]] = (await db.runAndReadAll('SELECT current_user()')).getRows() as [[string]];
    const care = {
      CARE_TEAM_PATIENTS: [
        [user, 'p2'],
        ['somebody else', 'p1'],
      ],
    };
    expect(await seen('CARE_TEAM', patients, rows, access, care)).toEqual(['p2']);
    expect(await seen('CARE_TEAM', patients, rows)).toEqual([]);
  });

  it('are by region for everybody else, and all for who refreshes', async () => {
    expect(await seen('ANALYST_EMEA', patients, rows)).toEqual(['p1']);
    expect(await seen('ANALYST_HEALTH', patients, rows)).toEqual(['p1', 'p2', 'p3']);
    expect(await seen('REGION_ADMIN', patients, rows)).toEqual([]);
    expect(await seen('TRANSFORMER', patients, rows)).toEqual(['p1', 'p2', 'p3']);
  });
});

describe('rows by purpose', () => {
  const members = table('purpose', ['PURPOSE', 'CONSENTED']);
  const rows = "('care', true), ('care', false), ('care', NULL), ('marketing', true)";
  const bound = structuredClone(access);
  const science = bound.roles.DATA_SCI_COMMERCE;
  if (science === undefined) throw new Error('there is no DATA_SCI_COMMERCE');
  science.purposes = ['care'];

  it('are those that consented, for a role that is bound to the purpose', async () => {
    expect(await seen('DATA_SCI_COMMERCE', members, rows, bound)).toEqual(['care']);
    expect(await seen('ANALYST_COMMERCE', members, rows, bound)).toEqual([]);
    expect(await seen('DATA_SCI_COMMERCE', members, rows)).toEqual([]);
    expect(await seen('TRANSFORMER', members, rows, bound)).toHaveLength(4);
  });
});

describe('rows by care team, both regions, and purpose', () => {
  const members = table('member', ['PATIENT', 'REGION', 'CUSTOMER_REGION', 'PURPOSE', 'CONSENTED']);
  const rows = [
    "('p1', 'EMEA', 'NA', 'member-service', true)",
    "('p2', 'EMEA', 'APAC', 'member-service', true)",
    "('p3', 'APAC', 'NA', 'member-service', true)",
    "('p4', 'EMEA', 'NA', 'member-service', false)",
    "('p5', 'EMEA', 'NA', 'research', true)",
  ].join(', ');

  it('are those that each of its parts shows', async () => {
    expect(await seen('MEMBER_SERVICE', members, rows)).toEqual(['p1']);
    expect(await seen('ANALYST_HEALTH', members, rows)).toEqual(['p5']);
    expect(await seen('ANALYST_EMEA', members, rows)).toEqual([]);
    expect(await seen('TRANSFORMER', members, rows)).toHaveLength(5);
  });

  it('are of the patients in its care, where a care team is bound to the purpose', async () => {
    const [[user]] = (await db.runAndReadAll('SELECT current_user()')).getRows() as [[string]];
    const bound = structuredClone(access);
    bound.roles.CARE_TEAM?.purposes.push('member-service');
    const care = { CARE_TEAM_PATIENTS: ['p2', 'p4', 'p5'].map((patient) => [user, patient]) };
    expect(await seen('CARE_TEAM', members, rows, bound, care)).toEqual(['p2']);
    expect(await seen('CARE_TEAM', members, rows, access, care)).toEqual([]);
  });
});

describe('a column that only joins', () => {
  const joins = table('region', ['REGION', 'KEY'], {
    columns: [{ ...column('KEY'), projection: 'joins_only' }, column('REGION')],
    rowAccess: { policy: 'region', columns: ['REGION'] },
  });

  it('shows nothing here, but to who refreshes', async () => {
    expect(await seen('ANALYST_EMEA', joins, "('k1', 'EMEA')")).toEqual(['null']);
    expect(await seen('TRANSFORMER', joins, "('k1', 'EMEA')")).toEqual(['k1']);
  });
});

describe('what is compiled for Snowflake', () => {
  it('reads mapping tables by their full names, and columns by arguments', () => {
    const [policy] = rowPolicies(access, [table('care_team', ['PATIENT', 'REGION'])]);
    expect(policy?.arguments).toEqual([
      { name: 'OF_ROW_PATIENT', type: 'VARCHAR' },
      { name: 'OF_ROW_REGION', type: 'VARCHAR' },
    ]);
    expect(policy?.body.snowflake).toContain('"BROOK_HEALTH"."OPS"."CARE_TEAM_PATIENTS"');
    expect(policy?.body.snowflake).not.toMatch(/\{\w+\}/);
  });

  it('suppresses groups of fewer than eleven, and shows no column that only joins', () => {
    const bodies = new Map(constraintPolicies(access).map(({ name, body }) => [name, body.snowflake]));
    expect(bodies.get('AGGREGATE_SMALL_CELLS')).toBe(
      "case when is_role_in_session('TRANSFORMER') then no_aggregation_constraint() else aggregation_constraint(min_group_size => 11) end",
    );
    expect(bodies.get('PROJECT_JOINS_ONLY')).toContain('else projection_constraint(allow => false)');
  });

  it('has a policy of its own for each type of a kind, and shows nobody what no form knows', () => {
    const mask = { kind: 'date_of_birth', form: 'year', clearFor: [] } as const;
    const columns = [
      { ...column('BORN', 'DATE'), mask },
      { ...column('BORN_TEXT'), mask },
      { ...column('BORN_NUMBER', 'NUMBER(8,0)'), mask },
    ];
    const own = maskingPolicies(access, [table('region', ['REGION'], { columns })]).filter(({ name }) =>
      name.startsWith('MASK_DATE_OF_BIRTH'),
    );
    expect(own.map(({ name, returns }) => [name, returns])).toEqual([
      ['MASK_DATE_OF_BIRTH', 'VARCHAR'],
      ['MASK_DATE_OF_BIRTH_DATE', 'DATE'],
      ['MASK_DATE_OF_BIRTH_NUMBER', 'NUMBER'],
    ]);
    expect(own[2]?.body.snowflake).toContain('else null');
  });
});
