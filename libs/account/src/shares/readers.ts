import { shareName, type DeclaredShare } from '@das/contracts';
import { literal, quoted } from '../sql/sql-text';

/** A reader account: we make it, we pay what it computes, and it reads shares of ours alone. */
export interface Reader {
  readonly name: string;
  /** Its locator; undefined: Snowflake has not given it one, or nobody has written it down. */
  readonly account: string | undefined;
  readonly creditsPerMonth: number;
  readonly contact: string;
  readonly shares: readonly DeclaredShare[];
}

/** Reader accounts, each once, in the order of their shares. */
export function readersOf(shares: readonly DeclaredShare[]): readonly Reader[] {
  const names = [...new Set(shares.flatMap(({ reader }) => (reader === undefined ? [] : [reader.name])))];
  return names.flatMap((name) => {
    const own = shares.filter(({ reader }) => reader?.name === name);
    const [first] = own;
    if (first?.reader === undefined) return [];
    const { account, contact, reader } = first;
    return [{ name, account, contact, creditsPerMonth: reader.creditsPerMonth, shares: own }];
  });
}

export function readerComment({ contact }: Pick<Reader, 'contact'>): string {
  return `Reads shares of ours, at our cost; ${contact}.`;
}

/**
 * What its administrator runs within a reader account, once: a warehouse that a monitor ends, which is all that keeps its credits, a
 * role for its people, and a database for each share. Nothing of it can be done, or seen, from the account that shares.
 * @param provider - the locator of the account that shares
 */
export function readerSetup({ creditsPerMonth, shares }: Reader, provider: string): readonly string[] {
  return [
    'USE ROLE ACCOUNTADMIN',
    `CREATE RESOURCE MONITOR IF NOT EXISTS "READERS_MONITOR" WITH CREDIT_QUOTA = ${creditsPerMonth} FREQUENCY = MONTHLY START_TIMESTAMP = IMMEDIATELY TRIGGERS ON 75 PERCENT DO NOTIFY ON 90 PERCENT DO SUSPEND ON 100 PERCENT DO SUSPEND_IMMEDIATE`,
    // Of the account, not of the warehouse alone: another one that somebody makes there counts, too.
    'ALTER ACCOUNT SET RESOURCE_MONITOR = "READERS_MONITOR"',
    `CREATE WAREHOUSE IF NOT EXISTS "READERS_WH" WAREHOUSE_SIZE = 'XSMALL' AUTO_SUSPEND = 60 AUTO_RESUME = TRUE INITIALLY_SUSPENDED = TRUE COMMENT = ${literal('Paid by the account that shares.')}`,
    'CREATE ROLE IF NOT EXISTS "READERS"',
    'GRANT USAGE ON WAREHOUSE "READERS_WH" TO ROLE "READERS"',
    ...shares.flatMap((share) => {
      const database = quoted(share.name);
      return [
        `CREATE DATABASE IF NOT EXISTS ${database} FROM SHARE ${provider}.${quoted(shareName(share))}`,
        `GRANT IMPORTED PRIVILEGES ON DATABASE ${database} TO ROLE "READERS"`,
      ];
    }),
  ];
}
