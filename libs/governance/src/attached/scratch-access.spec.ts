import { RecordedSession } from '../testing/recorded-session';
import { commentOf, leftBehind, lending, loanFor, type Loan } from './scratch-access';

const TESTER = { user: 'TESTER', role: 'OWNER', warehouse: 'WH' };

it('lends what is missing, and takes back no more than that', async () => {
  const session = new RecordedSession([
    [/TO USER/, [{ role: 'A' }]],
    [
      /ON DATABASE/,
      [
        { privilege: 'OWNERSHIP', grantee_name: 'B' },
        { privilege: 'MONITOR', grantee_name: 'A' },
      ],
    ],
    [/ON WAREHOUSE/, [{ privilege: 'USAGE', grantee_name: 'A' }]],
  ]);
  const loan = await loanFor(session, TESTER, 'TESTS', ['A', 'B']);
  expect(lending(loan, 'TESTS')).toEqual([
    {
      grant: 'GRANT USAGE ON DATABASE "TESTS" TO ROLE "A"',
      revoke: 'REVOKE USAGE ON DATABASE "TESTS" FROM ROLE "A"',
    },
    {
      grant: 'GRANT USAGE ON WAREHOUSE "WH" TO ROLE "B"',
      revoke: 'REVOKE USAGE ON WAREHOUSE "WH" FROM ROLE "B"',
    },
    { grant: 'GRANT ROLE "B" TO USER "TESTER"', revoke: 'REVOKE ROLE "B" FROM USER "TESTER"' },
  ]);
});

describe('what runs before left', () => {
  const loan: Loan = { user: 'T"1', warehouse: 'WH', roles: ['A'], ofDatabase: ['A'], ofWarehouse: [] };
  const left = async (...schemas: readonly { readonly name: string; readonly comment: string }[]) =>
    leftBehind(new RecordedSession([[/SHOW SCHEMAS/, schemas]]), 'TESTS');

  it('is taken back once, and policies last', async () => {
    const comment = commentOf(loan);
    expect(await left({ name: 'X_OPS', comment }, { name: 'X_GOLD', comment })).toEqual([
      'REVOKE USAGE ON DATABASE "TESTS" FROM ROLE "A"',
      'REVOKE ROLE "A" FROM USER "T""1"',
      'DROP SCHEMA IF EXISTS "TESTS"."X_GOLD" CASCADE',
      'DROP SCHEMA IF EXISTS "TESTS"."X_OPS" CASCADE',
    ]);
  });

  it.each(['', 'of somebody', '[]', '{"das policy test":{"roles":"A"}}', '{"das policy test":{"user":1}}'])(
    'is a schema alone where its comment is %j',
    async (comment) => {
      expect(await left({ name: 'X', comment })).toEqual(['DROP SCHEMA IF EXISTS "TESTS"."X" CASCADE']);
    },
  );

  it('is looked for by its prefix, of which no character is a wildcard', async () => {
    const session = new RecordedSession();
    await leftBehind(session, 'TESTS');
    expect(session.statements).toEqual([
      String.raw`SHOW SCHEMAS LIKE 'DAS\\_POLICY\\_TEST\\_%' IN DATABASE "TESTS"`,
    ]);
  });
});
