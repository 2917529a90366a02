import type { DeclaredShare } from '@das/contracts';
import { atOnce, identifier, literal, quoted } from '../sql/sql-text';

/** Whoever reads has no grant before the view, and what it reads, stand. */
export function createShare(name: string, comment: string): string {
  return `CREATE SHARE IF NOT EXISTS ${quoted(name)} COMMENT = ${literal(comment)}`;
}

export function shareComment({ contact, expires }: Pick<DeclaredShare, 'contact' | 'expires'>): string {
  return `For ${contact}, until ${expires}.`;
}

/** A share that has its database and its accounts; what else it has, is granted to it. */
export function makeShare({
  name,
  database,
  accounts,
  comment = '',
}: {
  readonly name: string;
  readonly database: string;
  readonly accounts: readonly string[];
  readonly comment?: string | undefined;
}): string {
  return atOnce([
    createShare(name, comment),
    `GRANT USAGE ON DATABASE ${quoted(database)} TO SHARE ${quoted(name)}`,
    ...(accounts.length === 0 ? [] : [setShareAccounts(name, accounts)]),
  ]);
}

/** In the place of all that were given it before. @param accounts - locators, which are no names: they are not quoted */
export function setShareAccounts(share: string, accounts: readonly string[]): string {
  return `ALTER SHARE ${quoted(share)} SET ACCOUNTS = ${accounts.map(locator).join(', ')}`;
}

export function removeShareAccounts(share: string, accounts: readonly string[]): string {
  return `ALTER SHARE ${quoted(share)} REMOVE ACCOUNTS = ${accounts.map(locator).join(', ')}`;
}

/** A reader account, whose administrator logs in with a password that is in no file. */
export function createReader(name: string, comment: string): string {
  return `CREATE MANAGED ACCOUNT ${identifier(name)} ADMIN_NAME = 'READER_ADMIN', ADMIN_PASSWORD = '{{ ${passwordVariable(name)} }}', TYPE = READER, COMMENT = ${literal(comment)}`;
}

export function dropReader(name: string): string {
  return `DROP MANAGED ACCOUNT ${identifier(name)}`;
}

/** schemachange leaves what is called a secret out of what it prints. */
export function passwordVariable(reader: string): string {
  return `${reader.toLowerCase()}_secret`;
}

function locator(account: string): string {
  // Of one that somebody else gave, too: `ORG.NAME`.
  return account
    .split('.')
    .map((part) => (/^[A-Z]+[0-9]+$/.test(part) ? part : identifier(part)))
    .join('.');
}
