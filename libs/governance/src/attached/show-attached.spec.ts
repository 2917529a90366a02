import { Failure } from '@das/pipeline';
import { RecordedSession } from '../testing/recorded-session';
import type { Plan } from './plan';
import { showAttached, type AttachedRun } from './show-attached';

const READ = {
  environment: 'production',
  table: 't',
  columns: ['A'],
  select: 'SELECT A FROM T',
  projected: [{ column: 'P', select: 'SELECT P FROM T' }],
  isGrouped: false,
  clear: { columns: ['P', 'A'], select: 'SELECT CLEAR' },
} as const;
const PLAN: Plan = {
  roles: ['R'],
  schemas: ['S_OPS', 'S_GOLD'],
  steps: [{ what: 'policies', statements: ['CREATE POLICY'] }],
  groups: [{ before: ['INSERT'], after: ['DELETE'], reads: [READ] }],
  expected: [],
};

function run(session: RecordedSession, more: Partial<AttachedRun> = {}): AttachedRun {
  return {
    session,
    tester: { user: 'ME', role: 'OWNER', warehouse: 'WH' },
    database: 'D',
    signal: new AbortController().signal,
    progress: () => undefined,
    onLeft: (left) => {
      throw new Error(JSON.stringify(left));
    },
    ...more,
  };
}

const SEEN = [/SELECT A/, [{ ROW_CLASS: 'one', A: 'm' }]] as const;
const CLEAR = [/SELECT CLEAR/, [{ ROW_CLASS: 'one', P: 'p', A: 'a' }]] as const;

it('makes, reads as each role, and takes back, in this order', async () => {
  const session = new RecordedSession([SEEN, CLEAR, [/SELECT P/, [{ ROW_CLASS: 'one', P: 'p' }]]]);
  expect(await showAttached(PLAN, run(session))).toEqual([
    {
      table: 't',
      environment: 'production',
      role: 'R',
      clear: new Map([['one', { p: 'p', a: 'a' }]]),
      rows: new Map([['one', { p: 'p', a: 'm' }]]),
    },
  ]);
  const shown = session.statements.map((sql) => sql.replace(/ DATA_RETENTION.*/, ''));
  expect(shown).toEqual([
    'USE SECONDARY ROLES NONE',
    'SHOW GRANTS TO USER "ME"',
    'SHOW GRANTS ON DATABASE "D"',
    'SHOW GRANTS ON WAREHOUSE "WH"',
    'CREATE TRANSIENT SCHEMA "D"."S_OPS"',
    'CREATE TRANSIENT SCHEMA "D"."S_GOLD"',
    'GRANT USAGE ON DATABASE "D" TO ROLE "R"',
    'GRANT USAGE ON WAREHOUSE "WH" TO ROLE "R"',
    'GRANT ROLE "R" TO USER "ME"',
    'CREATE POLICY',
    'SELECT CLEAR',
    'INSERT',
    'USE ROLE "R"',
    'USE WAREHOUSE "WH"',
    'SELECT A FROM T',
    'SELECT P FROM T',
    'USE ROLE "OWNER"',
    'USE WAREHOUSE "WH"',
    'DELETE',
    'USE ROLE "OWNER"',
    'REVOKE ROLE "R" FROM USER "ME"',
    'REVOKE USAGE ON WAREHOUSE "WH" FROM ROLE "R"',
    'REVOKE USAGE ON DATABASE "D" FROM ROLE "R"',
    'DROP SCHEMA IF EXISTS "D"."S_GOLD" CASCADE',
    'DROP SCHEMA IF EXISTS "D"."S_OPS" CASCADE',
  ]);
});

const refused = (code: string): Failure => new Failure('unknown', code, 'no');

it.each([
  ['denied', refused('table_missing'), false, undefined],
  ['held to groups', refused('warehouse_query'), true, undefined],
])('shows nothing to who is %s', async (_, failure, isGrouped, rows) => {
  const session = new RecordedSession([[/SELECT A/, failure], CLEAR]);
  const plan = { ...PLAN, groups: [{ before: [], after: [], reads: [{ ...READ, isGrouped }] }] };
  const [shown] = await showAttached(plan, run(session));
  expect(shown?.rows).toBe(rows);
});

it('shows nothing of a column that is refused', async () => {
  const session = new RecordedSession([SEEN, CLEAR, [/SELECT P/, refused('warehouse_query')]]);
  const [shown] = await showAttached(PLAN, run(session));
  expect(shown?.rows).toEqual(new Map([['one', { a: 'm', p: null }]]));
});

it.each(['CREATE POLICY', 'SELECT A', 'SHOW GRANTS ON WAREHOUSE', 'S_GOLD'])(
  'takes back what was made before %s failed, and tells why',
  async (statement) => {
    const session = new RecordedSession([
      [new RegExp(`^(?!DROP).*${statement}`), refused('warehouse_query')],
    ]);
    await expect(showAttached(PLAN, run(session))).rejects.toMatchObject({ code: 'warehouse_query' });
    const made = session.statements.filter((sql) => /^(CREATE TRANSIENT|GRANT)/.test(sql)).length;
    const back = session.statements.filter((sql) => /^(DROP|REVOKE)/.test(sql)).length;
    expect(back).toBe(made);
  },
);

it('tells what it could not take back', async () => {
  const session = new RecordedSession([SEEN, CLEAR, [/^DROP.*S_OPS/, refused('in use')]]);
  const left: unknown[] = [];
  await showAttached(PLAN, run(session, { onLeft: (what) => left.push(...what) }));
  expect(left).toEqual([{ statement: 'DROP SCHEMA IF EXISTS "D"."S_OPS" CASCADE', why: 'no' }]);
});
