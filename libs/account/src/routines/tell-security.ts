import type { Emergency } from '../account-model';
import type { Procedure, Setting } from '../account-objects';
import { listOf, literal } from '../sql/sql-text';

const INTEGRATION = 'TELL_SECURITY';

/** By what e-mail is sent: to these addresses, and to no other. */
export function toldBy({ tells }: Emergency): Setting {
  return {
    kind: 'NOTIFICATION INTEGRATION',
    name: INTEGRATION,
    fixed: 'TYPE = EMAIL',
    properties: { ENABLED: 'TRUE', ALLOWED_RECIPIENTS: listOf(tells) },
  };
}

/**
 * Tells who got the emergency role and how often it was used. Rows are taken, told of and kept in one transaction: where
 * nothing could be sent they stay untold, and the next run tells of them; at worst they are told of twice. The message has
 * neither reasons nor queries, which may hold personal data: it names the rows that do.
 */
export function tellSecurity({ role, schema, tells }: Emergency, audit: string, queries: string): Procedure {
  return {
    name: `${schema}.TELL_BREAK_GLASS`,
    parameters: [],
    body: `BEGIN
  LET MAIL VARCHAR := UUID_STRING();
  BEGIN TRANSACTION;
  UPDATE ${audit} SET "TOLD_IN" = :MAIL WHERE "TOLD_IN" IS NULL;
  UPDATE ${queries} SET "TOLD_IN" = :MAIL WHERE "TOLD_IN" IS NULL;
  LET WHAT VARCHAR := (${message(role, audit, queries)});
  IF (LENGTH(WHAT) > 0) THEN
    CALL SYSTEM$SEND_EMAIL(${literal(INTEGRATION)}, ${literal(tells.join(', '))}, ${literal(`The role ${role} is in use`)}, :WHAT);
  END IF;
  COMMIT;
  RETURN 'done';
EXCEPTION
  WHEN OTHER THEN
    ROLLBACK;
    SYSTEM$LOG_ERROR('security could not be told of the emergency role');
    RAISE;
END`,
  };
}

/** A line for each who got it, then one for each who asked with it; nothing where there is nobody. */
function message(role: string, audit: string, queries: string): string {
  const where = (table: string): string => `${table} WHERE "TOLD_IN" = :MAIL`;
  const plain = (table: string): string => table.replaceAll('"', '');
  return `SELECT LISTAGG("LINE", '\\n') WITHIN GROUP (ORDER BY "LINE") FROM (
    SELECT "HOLDER" || ' has ${role} until ' || TO_VARCHAR("ENDS_AT") || ', from ' || "GIVEN_BY" || ': why, says ' || "ID" || ' in ${plain(audit)}.' AS "LINE"
    FROM ${where(audit)}
    UNION ALL
    SELECT "USER_NAME" || ' asked ' || TO_VARCHAR(COUNT(*)) || ' times as ${role}, from ' || TO_VARCHAR(MIN("STARTED_AT")) || ' to ' || TO_VARCHAR(MAX("STARTED_AT")) || ': ' || :MAIL || ' in ${plain(queries)}.'
    FROM ${where(queries)} GROUP BY "USER_NAME"
  )`;
}
