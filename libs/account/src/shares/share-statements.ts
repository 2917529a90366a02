import { shareName, type DeclaredShare } from '@das/contracts';
import { identifier, literal, quoted } from '../sql/sql-text';

/** Whoever reads has no grant before the view, and what it reads, stand. */
export function createShare(share: DeclaredShare): string {
  return `CREATE SHARE IF NOT EXISTS ${quoted(shareName(share))} COMMENT = ${literal(`For ${share.contact}, until ${share.expires}.`)}`;
}

/** In the place of all that were given it before. @param accounts - locators, which are no names: they are not quoted */
export function setShareAccounts(share: string, accounts: readonly string[]): string {
  return `ALTER SHARE ${quoted(share)} SET ACCOUNTS = ${accounts.map(locator).join(', ')}`;
}

export function dropShare(share: string): string {
  return `DROP SHARE ${quoted(share)}`;
}

/** A reader account, whose administrator logs in with a password that is in no file. */
export function createReader(name: string, comment: string): string {
  return `CREATE MANAGED ACCOUNT ${identifier(name)} ADMIN_NAME = 'READER_ADMIN', ADMIN_PASSWORD = '{{ ${passwordVariable(name)} }}', TYPE = READER, COMMENT = ${literal(comment)}`;
}

/** schemachange leaves what is called a secret out of what it prints. */
export function passwordVariable(reader: string): string {
  return `${reader.toLowerCase()}_secret`;
}

function locator(account: string): string {
  if (!/^[A-Z]+[0-9]+$/.test(account)) throw new Error(`${account} is no account locator`);
  return account;
}
