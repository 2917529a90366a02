import { statementsOf } from '../rendered/statements';
import { DB, deployed } from '../testing/deployed';
import { shareFaults } from './share-statements';

const all = [...deployed.account, ...deployed.files.flatMap(statementsOf), ...deployed.shares];
const SHARED = `"${DB}"."SHARED"."NORTHWIND_ORDERS"`;
const NORTHWIND = `"${DB}_NORTHWIND_ORDERS"`;

const faults = (statements: readonly string[]): readonly string[] =>
  shareFaults(statements, deployed.documents).map(({ message }) => message);

/** After a change of the first statement that has the text. */
function changed(from: string | RegExp, to: string): readonly string[] {
  const at = all.findIndex((text) => text.replace(from, to) !== text);
  if (at < 0) throw new Error(`nothing that is sent has ${String(from)}`);
  return faults(all.map((text, index) => (index === at ? text.replace(from, to) : text)));
}

const added = (statement: string): readonly string[] => faults([...all, statement]);

it('holds of what is sent', () => {
  expect(deployed.shares.length).toBeGreaterThan(8);
  expect(faults(all)).toEqual([]);
});

describe('an account outside is given nothing but what a contract says, and not', () => {
  it.each<[what: string, from: string | RegExp, to: string, message: RegExp]>([
    [
      'a view that is not secure',
      'SECURE VIEW "BROOK_COMMERCE"."SHARED"',
      'VIEW "BROOK_COMMERCE"."SHARED"',
      /is not secure/,
    ],
    [
      'one column more',
      /( "LINE_COUNT") \) (.*?"LINE_COUNT")/,
      '$1, "CUSTOMER_ID" ) $2, "CUSTOMER_ID"',
      /NORTHWIND_ORDERS shows CUSTOMER_ID/,
    ],
    [
      'one column under the name of another',
      'SELECT "ORDER_ID", "STATE", "CUSTOMER_EMAIL"',
      'SELECT "ORDER_ID", "STATE", "CUSTOMER_ID"',
      /shows under a name what has another one/,
    ],
    [
      'what SILVER has',
      'FROM "BROOK_COMMERCE"."GOLD"."ORDERS" WHERE SYSDATE()',
      'FROM "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS" WHERE SYSDATE()',
      /reads BROOK_COMMERCE.SILVER.ORDERS_EVENTS/,
    ],
    ['rows for longer', `'2027-11-30'::DATE`, `'2037-11-30'::DATE`, /does not end with 2027-11-30/],
    ['rows for ever', / WHERE SYSDATE\(\)::DATE <= '2027-11-30'::DATE/, '', /does not end with 2027-11-30/],
    [
      'rows for ever, by another condition',
      `'2027-11-30'::DATE`,
      `'2027-11-30'::DATE OR TRUE`,
      /does not end/,
    ],
    ['another account’s', 'SET ACCOUNTS = XY12345', 'SET ACCOUNTS = QQ00000', /is read by QQ00000/],
    [
      'one more region',
      /(MERGE INTO .*)\('XY12345', 'EMEA'\)/,
      "$1('XY12345', 'EMEA'), ('XY12345', 'NA')",
      /shows rows that no contract gives: XY12345 NA/,
    ],
    [
      'the table',
      `GRANT SELECT ON VIEW ${SHARED}`,
      `GRANT SELECT ON TABLE "${DB}"."GOLD"."ORDERS"`,
      /is granted SELECT TABLE BROOK_COMMERCE.GOLD.ORDERS/,
    ],
  ])('%s', (_, from, to, message) => {
    expect(changed(from, to)).toContainEqual(expect.stringMatching(message));
  });

  it.each<[what: string, statement: string, message: RegExp]>([
    ['one account more', `ALTER SHARE ${NORTHWIND} ADD ACCOUNTS = QQ00000, ZW67890`, /is read by QQ00000/],
    [
      'a share of no contract',
      `GRANT USAGE ON DATABASE "${DB}" TO SHARE "PARTNERS"`,
      /PARTNERS is in no contract/,
    ],
    [
      'a view of no contract',
      `CREATE SECURE VIEW "${DB}"."SHARED"."ALL_OF_IT" ("A") AS SELECT "A" FROM "${DB}"."GOLD"."ORDERS"`,
      /ALL_OF_IT is in no contract/,
    ],
    ['what is not secure', `ALTER SHARE ${NORTHWIND} SET SECURE_OBJECTS_ONLY = FALSE`, /not secure/],
    ['a view that was', `ALTER VIEW ${SHARED} UNSET SECURE`, /not secure/],
    [
      'accounts with less protection',
      `ALTER SHARE ${NORTHWIND} ADD ACCOUNTS = XY12345 SHARE_RESTRICTIONS = FALSE`,
      /not secure/,
    ],
    [
      'a row by hand',
      `INSERT INTO "${DB}"."OPS"."SHARE_ACCESS" ("ACCOUNT", "REGION", "ADDED_BY") VALUES ('QQ00000', '*', 'jo')`,
      /SHARE_ACCESS is written by INSERT/,
    ],
    [
      'a row by hand, by a name without quotes',
      `INSERT INTO ${DB}.OPS.SHARE_ACCESS VALUES ('XY12345', '*', 'contracts')`,
      /SHARE_ACCESS is written by INSERT/,
    ],
    [
      'rows of a query',
      `MERGE INTO "${DB}"."OPS"."SHARE_ACCESS" AS kept USING (SELECT 'XY12345' AS "ACCOUNT", '*' AS "REGION") AS declared ON FALSE`,
      /SHARE_ACCESS is written by MERGE/,
    ],
    [
      'whatever a view selects that lists no columns',
      `CREATE OR REPLACE SECURE VIEW ${SHARED} COPY GRANTS AS SELECT * FROM "${DB}"."GOLD"."CUSTOMERS"`,
      /it is not known what it shows/,
    ],
    [
      'a view by a name without quotes',
      `CREATE OR REPLACE SECURE VIEW ${DB}.SHARED.NORTHWIND_ORDERS ("A") AS SELECT "A" FROM "${DB}"."GOLD"."ORDERS"`,
      /it is not known what it shows/,
    ],
    ['a view by another one’s name', `ALTER VIEW ${SHARED} RENAME TO "X"`, /it is not known what it shows/],
    [
      'one account more, by a name without quotes',
      `ALTER SHARE ${DB}_NORTHWIND_ORDERS ADD ACCOUNTS = QQ00000`,
      /it is not known what it shows/,
    ],
    [
      'one account more, by another name of it',
      `ALTER SHARE ${NORTHWIND} ADD ACCOUNTS = "PARTNERS"."EU"`,
      /it is not known what it shows/,
    ],
    [
      'whatever a database role reads',
      `GRANT DATABASE ROLE "${DB}"."GOLD_READ_ORDERS" TO SHARE ${NORTHWIND}`,
      /it is not known what it shows/,
    ],
  ])('%s', (_, statement, message) => {
    expect(added(statement)).toContainEqual(expect.stringMatching(message));
  });
});
