import { readProblem } from './read-problem';

const runtime = (text: string) =>
  `Runtime Error in model orders (models/brook_commerce/gold/orders.sql)\n  ${text}`;
const SECRET = 'chris.sample.2187@example.com';

/** As DuckDB 1.5 and dbt 1.11 say it. */
describe('why a model failed', () => {
  it.each([
    [
      `Conversion Error: Could not convert string '${SECRET}' to INT32 when casting from source column CUSTOMER_EMAIL\n  \n  LINE 11: select cast(customer_email as integer)\n          ^`,
      'data',
      'a value does not fit the type that it is cast to: CUSTOMER_EMAIL',
    ],
    [
      `Conversion Error: invalid timestamp field format: "${SECRET}", expected format is (YYYY-MM-DD)`,
      'data',
      'a value does not fit the type that it is cast to',
    ],
    [
      `Constraint Error: Duplicate key "CUSTOMER_ID: ${SECRET}, VALID_FROM: x" violates primary key constraint.`,
      'data',
      'a key is there twice: CUSTOMER_ID',
    ],
    [
      'Constraint Error: NOT NULL constraint failed: ORDERS.COUPON',
      'data',
      'a required column is null: ORDERS.COUPON',
    ],
    [
      `Constraint Error: CHECK constraint failed with ${SECRET}`,
      'data',
      'a row breaks a constraint of its table',
    ],
    [
      'Binder Error: Referenced column "nope" not found in FROM clause!\n  Candidate bindings: "CONTRACT_VERSION"',
      'setup',
      'Binder Error: Referenced column "nope" not found in FROM clause!',
    ],
    [
      'IO Error: Could not set lock on file "/x/BROOK_COMMERCE.duckdb": Conflicting lock is held in python3 (PID 1)',
      'transient',
      'another process has the work database open',
    ],
    [
      'Out of Memory Error: could not allocate block of size 256.0 KiB (953.6 MiB/953.6 MiB used)',
      'transient',
      'it needs more memory than it may have',
    ],
    [`Some New Error: ${SECRET}`, 'unknown', 'DuckDB: Some New Error'],
    [SECRET, 'unknown', 'it failed for a reason that dbt has no name for'],
  ])('%s', (text, kind, reason) => {
    const problem = readProblem('orders', runtime(text));
    expect(problem).toMatchObject({ kind, reason });
    expect(JSON.stringify(problem)).not.toContain(SECRET);
  });

  it('is what a macro raised, without where it was called from', () => {
    const message =
      'Compilation Error in model orders (models/x.sql)\n  orders does not fulfil its contract: missing coupon\n  \n  > in macro check_contract (macros/contract_columns.sql)\n  > called by model orders (models/x.sql)';
    expect(readProblem('orders', message)).toEqual({
      kind: 'setup',
      reason: 'orders does not fulfil its contract: missing coupon',
      cure: 'mend it, and try it by hand: npm run dbt -- build --select orders',
    });
  });

  it('is a database that cannot be opened, before any model', () => {
    const message =
      'IO Error: Could not set lock on file "/x/DB.duckdb": Conflicting lock is held in python3 (PID 25771).';
    expect(readProblem(null, message)).toMatchObject({
      kind: 'transient',
      reason: 'another process has the work database open',
    });
  });

  it('is a setting that is not there', () => {
    const message = "Parsing Error\n  Env var required but not provided: 'DAS_LAKE'";
    expect(readProblem(null, message)).toMatchObject({ kind: 'setup', reason: 'DAS_LAKE: is not set' });
  });

  it('is cut where it is long', () => {
    expect(readProblem(null, `Parsing Error\n  ${'x'.repeat(1000)}`).reason).toHaveLength(301);
  });
});
