import { shareName, type DeclaredShare, type GeneratedFile } from '@das/contracts';
import { SHARED, sharedView } from '@das/governance';
import type { DeclaredAccount } from '../account-model';
import { readerComment, readersOf, type Reader } from '../shares/readers';
import { shareGrants } from '../shares/share-grants';
import { createReader, createShare, passwordVariable, setShareAccounts, shareComment } from '../shares/share-statements';
import { script } from './script';
import { grantObject, literal, quoted, target } from './sql-text';

/**
 * What other accounts read: by domain, last of all, since views need the tables that dbt makes. A share that is in no contract any
 * more is not taken away here, as nothing is: its view shows nothing after its last day, and drift finds it.
 */
export function shareFiles({ databases, shares }: DeclaredAccount): readonly GeneratedFile[] {
  const readers = readersOf(shares);
  return [
    ...(readers.length === 0
      ? []
      : [
          script('account', 270, 'reader_accounts', notParsed(readers.map(readerStatement))),
        ]),
    ...databases.flatMap(({ domain, name }) => {
      const own = shares.filter((share) => share.domain === domain);
      return own.length === 0
        ? []
        : [
            script('shares', 900, `${domain}_shares`, [
              `CREATE SCHEMA IF NOT EXISTS ${quoted(`${name}.${SHARED}`)} WITH MANAGED ACCESS`,
              ...new Set(own.map(readTable)),
              ...own.flatMap(shareStatements),
              // Last: from here on somebody reads.
              ...notParsed(own.flatMap(accountStatements)),
            ]),
          ];
    }),
  ];
}

/** A view reads with the rights of its owner, who deploys; masks and rows are those of whoever asks, and show that role nothing. */
function readTable({ database, table, tableKind }: DeclaredShare): string {
  return `GRANT SELECT ON ${target(tableKind, `${database}.${table.tier}.${table.name}`)} TO ROLE "ACCOUNTADMIN"`;
}

function shareStatements(share: DeclaredShare): readonly string[] {
  return [
    sharedView(share),
    createShare(shareName(share), shareComment(share)),
    ...shareGrants(share).flatMap(grantObject),
  ];
}

/** sqlfluff knows neither ALTER SHARE nor anything of managed accounts; what stands before these it does parse. */
function notParsed([first, ...others]: readonly string[]): readonly string[] {
  return first === undefined ? [] : [`-- noqa: disable=PRS\n${first}`, ...others];
}

function accountStatements(share: DeclaredShare): readonly string[] {
  return share.account === undefined ? [] : [setShareAccounts(shareName(share), [share.account])];
}

/**
 * A reader account cannot be created where it is missing alone: it is, where its password is given, which is the one time that it is
 * made. The statement stands by itself, not as a text within another, for Snowflake leaves the password out of its history then.
 * What is shown tells the locator, which contracts name.
 */
function readerStatement(reader: Reader): string {
  const create = createReader(reader.name, readerComment(reader));
  const shown = `SHOW MANAGED ACCOUNTS LIKE ${literal(reader.name.replaceAll('_', '\\_'))}`;
  return `{% if ${passwordVariable(reader.name)} %}${create};{% endif %}\n${shown}`;
}
