import { keyOf } from '../drift/facts';
import { remove } from '../drift/mend';
import { facts, ran, type Drift } from './drifting';

const done = (what: string, statement: string, severity: Drift['severity']): Drift => ({
  what,
  done: ran(statement),
  severity,
});
const NORTHWIND = '"BROOK_COMMERCE_NORTHWIND_ORDERS"';
const ACCESS = '"BROOK_COMMERCE"."OPS"."SHARE_ACCESS"';
const inserted = (account: string, region: string, by: string): string =>
  `INSERT INTO ${ACCESS} ("ACCOUNT", "REGION", "ADDED_BY") VALUES ('${account}', '${region}', '${by}')`;

/** What leaves the account, and nobody declared. */
export const SHARE_EXTRAS: readonly Drift[] = [
  done('a share', 'GRANT USAGE ON DATABASE "BROOK_COMMERCE" TO SHARE "PARTNERS"', 'critical'),
  done(
    'a table in a share',
    `GRANT SELECT ON DYNAMIC TABLE "BROOK_COMMERCE"."GOLD"."ORDERS" TO SHARE ${NORTHWIND}`,
    'critical',
  ),
  done(
    'another share’s view in a share',
    `GRANT SELECT ON VIEW "BROOK_COMMERCE"."SHARED"."TAILWIND_ORDERS" TO SHARE ${NORTHWIND}`,
    'critical',
  ),
  done(
    'a database role in a share',
    `GRANT DATABASE ROLE "BROOK_COMMERCE"."GOLD_READ" TO SHARE ${NORTHWIND}`,
    'critical',
  ),
  done(
    'a view for shares',
    'CREATE OR REPLACE SECURE VIEW "BROOK_COMMERCE"."SHARED"."BY_HAND" (\n"A"\n) AS SELECT 1',
    'high',
  ),
  done('one more region of an account', inserted('XY12345', 'NA', 'contracts'), 'high'),
  done('every region of an account, by hand', inserted('XY12345', '*', 'jo'), 'high'),
  done('a region of an account that has no share', inserted('QQ00000', 'EMEA', 'jo'), 'high'),
  done(
    'a reader account',
    `CREATE MANAGED ACCOUNT "SOMEBODY_ELSES" ADMIN_NAME = 'A', ADMIN_PASSWORD = '…', TYPE = READER`,
    'critical',
  ),
];

/** What is declared of shares, otherwise. */
export const SHARE_CHANGES: readonly Drift[] = facts.flatMap((fact): readonly Drift[] => {
  const name = 'name' in fact ? fact.name : '';
  const quoted = name.replaceAll(/\w+/g, '"$&"');
  const made = (what: string, statement: string): Drift =>
    done(`changed ${keyOf(fact)} ${what}`, statement, 'critical');
  switch (fact.is) {
    case 'share':
      return [
        made('one account more', `ALTER SHARE ${quoted} ADD ACCOUNTS = QQ00000`),
        made('another account', `ALTER SHARE ${quoted} SET ACCOUNTS = QQ00000`),
        made('nobody', `ALTER SHARE ${quoted} REMOVE ACCOUNTS = ${fact.accounts.join(', ')}`),
      ];
    case 'shared view':
      return [
        made('not secure', `ALTER VIEW ${quoted} UNSET SECURE`),
        made(
          'one column more',
          fact.statement.replace('SELECT "ORDER_ID"', 'SELECT "CUSTOMER_PHONE", "ORDER_ID"'),
        ),
        made('for ever', fact.statement.replace(/\nWHERE .*$/, '')),
        made('of SILVER', fact.statement.replace('"GOLD"."ORDERS"', '"SILVER"."ORDERS_EVENTS"')),
      ];
    default:
      return [];
  }
});

/** What is declared of shares, gone. */
export const SHARE_MISSING: readonly Drift[] = facts.flatMap((fact): readonly Drift[] => {
  const what = `missing ${keyOf(fact)}`;
  switch (fact.is) {
    case 'share':
    case 'reader':
      return [{ what, done: ran(remove(fact).statement), severity: 'high' }];
    case 'shared view':
      // What was granted on it is gone with it.
      return [{ what, done: ran(remove(fact).statement), severity: 'high', follows: ['medium'] }];
    default:
      return [];
  }
});
