import type { Emergency } from '../account-model';
import type { Procedure, Routines, Task } from '../account-objects';
import { identifier, literal, quoted } from '../sql/sql-text';
import { tellSecurity } from './tell-security';

/** Where it is written down who held the role, and what was asked with it. */
const AUDIT = 'BREAK_GLASS_AUDIT';
const QUERIES = 'BREAK_GLASS_QUERIES';
/** Which message told security of it; null: none yet. */
const TOLD_IN = '"TOLD_IN" VARCHAR';

export function breakGlassTables({ schema }: Emergency): readonly string[] {
  const table = (name: string, columns: readonly string[], comment: string): string =>
    `CREATE TABLE IF NOT EXISTS ${quoted(`${schema}.${name}`)} (\n${columns.map((column) => `  ${column}`).join(',\n')}\n)\nCOMMENT = ${literal(comment)}`;
  return [
    table(
      AUDIT,
      [
        '"ID" VARCHAR NOT NULL',
        '"HOLDER" VARCHAR NOT NULL',
        '"GIVEN_BY" VARCHAR NOT NULL',
        '"REASON" VARCHAR NOT NULL',
        '"GIVEN_AT" TIMESTAMP_TZ NOT NULL',
        '"ENDS_AT" TIMESTAMP_TZ NOT NULL',
        '"ENDED_AT" TIMESTAMP_TZ',
        TOLD_IN,
      ],
      'Who held the emergency role: from whom, why, and until when.',
    ),
    table(
      QUERIES,
      [
        '"QUERY_ID" VARCHAR NOT NULL',
        '"USER_NAME" VARCHAR NOT NULL',
        '"QUERY_TYPE" VARCHAR',
        '"STARTED_AT" TIMESTAMP_TZ NOT NULL',
        '"ROWS_PRODUCED" NUMBER(38,0)',
        TOLD_IN,
      ],
      'What was asked with the emergency role; not its text, which may hold personal data: QUERY_HISTORY has that.',
    ),
    // Where they were made before security was told.
    ...[AUDIT, QUERIES].map(
      (name) => `ALTER TABLE ${quoted(`${schema}.${name}`)} ADD COLUMN IF NOT EXISTS ${TOLD_IN}`,
    ),
  ];
}

/**
 * A role for hours: who got it, from whom, why and until when is a row; a task takes it back, another one keeps what was
 * asked with it, and a third tells security. The procedure's owner grants; who may call it is decided by a grant, and nobody can give it to themselves.
 */
export function breakGlassRoutines(emergency: Emergency): Routines {
  const { role, hours, schema } = emergency;
  const [audit, queries] = [quoted(`${schema}.${AUDIT}`), quoted(`${schema}.${QUERIES}`)];
  const named = (name: string, body: string, parameters: Procedure['parameters'] = []): Procedure => ({
    name: `${schema}.${name}`,
    parameters,
    body,
  });
  const task = (name: string, schedule: string, procedure: string): Task => ({
    name: `${schema}.${name}`,
    schedule,
    definition: `CALL ${quoted(`${schema}.${procedure}`)}()`,
  });
  return {
    procedures: [
      named('GIVE_BREAK_GLASS', give(audit, role, hours), [
        { name: 'TO_USER', type: 'VARCHAR' },
        { name: 'REASON', type: 'VARCHAR' },
      ]),
      named('TAKE_BREAK_GLASS', takeBack(audit, role)),
      named('KEEP_BREAK_GLASS_QUERIES', keepQueries(queries, role)),
      tellSecurity(emergency, audit, queries),
    ],
    tasks: [
      task('END_BREAK_GLASS', '5 MINUTES', 'TAKE_BREAK_GLASS'),
      task('EVIDENCE_OF_BREAK_GLASS', '60 MINUTES', 'KEEP_BREAK_GLASS_QUERIES'),
      task('TELL_OF_BREAK_GLASS', '15 MINUTES', 'TELL_BREAK_GLASS'),
    ],
  };
}

/** The row comes first: a grant that nobody wrote down must not be. */
function give(audit: string, role: string, hours: number): string {
  return `BEGIN
  IF (REASON IS NULL OR LENGTH(TRIM(REASON)) < 20) THEN RETURN 'say why, in 20 characters at least'; END IF;
  IF (UPPER(TO_USER) = UPPER(CURRENT_USER())) THEN RETURN 'nobody gives it to themselves'; END IF;
  INSERT INTO ${audit} ("ID", "HOLDER", "GIVEN_BY", "REASON", "GIVEN_AT", "ENDS_AT") SELECT UUID_STRING(), :TO_USER, CURRENT_USER(), :REASON, CURRENT_TIMESTAMP(), DATEADD(HOUR, ${hours}, CURRENT_TIMESTAMP());
  EXECUTE IMMEDIATE 'GRANT ROLE ${identifier(role)} TO USER "' || REPLACE(:TO_USER, '"', '""') || '"';
  RETURN 'granted for ${hours} hours';
END`;
}

/**
 * From whoever has no row that still runs. Where it cannot be taken, the row stays open and the next run tries again; that is no
 * reason to leave the others with it.
 */
function takeBack(audit: string, role: string): string {
  return `DECLARE
  DUE CURSOR FOR SELECT "HOLDER" FROM ${audit} WHERE "ENDED_AT" IS NULL GROUP BY "HOLDER" HAVING MAX("ENDS_AT") <= CURRENT_TIMESTAMP();
BEGIN
  FOR ONE IN DUE DO
    LET HOLDER VARCHAR := ONE."HOLDER";
    BEGIN
      EXECUTE IMMEDIATE 'REVOKE ROLE ${identifier(role)} FROM USER "' || REPLACE(:HOLDER, '"', '""') || '"';
      UPDATE ${audit} SET "ENDED_AT" = CURRENT_TIMESTAMP() WHERE "HOLDER" = :HOLDER AND "ENDED_AT" IS NULL AND "ENDS_AT" <= CURRENT_TIMESTAMP();
    EXCEPTION
      WHEN OTHER THEN SYSTEM$LOG_WARN('the emergency role could not be taken from ' || :HOLDER);
    END;
  END FOR;
  RETURN 'done';
END`;
}

/** QUERY_HISTORY is up to 45 minutes late and keeps a year: two days back, what is not kept yet. */
function keepQueries(queries: string, role: string): string {
  return `BEGIN
  INSERT INTO ${queries} ("QUERY_ID", "USER_NAME", "QUERY_TYPE", "STARTED_AT", "ROWS_PRODUCED")
  SELECT "QUERY_ID", "USER_NAME", "QUERY_TYPE", "START_TIME", "ROWS_PRODUCED"
  FROM "SNOWFLAKE"."ACCOUNT_USAGE"."QUERY_HISTORY" AS asked
  WHERE asked."ROLE_NAME" = ${literal(role)} AND asked."START_TIME" > DATEADD(DAY, -2, CURRENT_TIMESTAMP())
    AND NOT EXISTS (SELECT 1 FROM ${queries} AS kept WHERE kept."QUERY_ID" = asked."QUERY_ID");
  RETURN 'done';
END`;
}
