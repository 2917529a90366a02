import { RecordedSession } from '../testing/recorded-session';
import { refusedAccount, refusedDatabase } from './guard';

const create = (name: string, body: string): string =>
  `CREATE MASKING POLICY IF NOT EXISTS "D"."OPS"."${name}" AS ("VALUE" VARCHAR) RETURNS VARCHAR -> ${body}`;
const POLICIES = [
  create('MASK_A', `case when '{{ environment }}' = 'production' then "VALUE" end`),
  create('MASK_NOBODY', `case when is_role_in_session('T') then "VALUE" end`),
  create('MASK_B', `case when '{{ environment }}' = 'production' then "VALUE" end`),
];
const bodies = (a: string | Error, b: string | Error) =>
  new RecordedSession([
    [/MASK_A/, a instanceof Error ? a : [{ name: 'MASK_A', body: a }]],
    [/MASK_B/, b instanceof Error ? b : [{ name: 'MASK_B', body: b }]],
  ]);
const PRODUCTION = `case when 'production' = 'production' then "VALUE" end`;
const DEVELOPMENT = `case when 'development' = 'production' then "VALUE" end`;

it.each([
  ['BROOK_COMMERCE', /the database of a domain/],
  ['SNOWFLAKE', /not for tests/],
  ['DAS_ADMIN', /not for tests/],
  ['POLICY_TESTS', undefined],
])('%s as a database', (name, why) => {
  const refused = refusedDatabase(name, ['BROOK_COMMERCE']);
  if (why === undefined) expect(refused).toBeUndefined();
  else expect(refused).toMatch(why);
});

it('lets nobody take roles where one policy says that it is in production', async () => {
  expect(await refusedAccount(bodies(DEVELOPMENT, PRODUCTION), POLICIES)).toMatch(/^D\.OPS\.MASK_B says/);
});

it('lets nobody take roles where no policy says where it is', async () => {
  const missing = new Error('there is none');
  expect(await refusedAccount(bodies(missing, missing), POLICIES)).toMatch(/nobody knows/);
});

it('lets roles be taken where policies are deployed, and none says that it is in production', async () => {
  const session = bodies(DEVELOPMENT, new Error('not deployed yet'));
  expect(await refusedAccount(session, POLICIES)).toBeUndefined();
  expect(session.statements).toEqual(
    ['A', 'B'].map((name) => `DESCRIBE MASKING POLICY "D"."OPS"."MASK_${name}"`),
  );
});
