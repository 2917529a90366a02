import { shareName, type DeclaredShare } from '@das/contracts';
import { sharedView, sharedViewName } from '@das/governance';
import type { DeclaredAccount, Mapping } from '../account-model';
import { readerComment, readersOf } from '../shares/readers';
import { shareGrants } from '../shares/share-grants';
import { shareComment } from '../shares/share-statements';
import type { Fact } from './facts';
import type { FoundTable } from './found-tables';
import type { ShareFact } from './share-facts';

/** An account in which what has ended is not declared any more. @param today - `YYYY-MM-DD`: the last day of a share is one of its days */
export function withoutEnded(account: DeclaredAccount, today: string): DeclaredAccount {
  const shares = account.shares.filter(({ expires }) => expires >= today);
  // Of each domain by itself: another one's share shows no row of it.
  const readers = new Set(shares.map(({ database, account: locator }) => `${database} ${locator}`));
  const mappings = account.mappings.map((mapping) =>
    mapping.addedBy === 'contracts'
      ? {
          ...mapping,
          rows: mapping.rows.filter(([locator]) => readers.has(`${databaseOf(mapping)} ${locator}`)),
        }
      : mapping,
  );
  return { ...account, shares, mappings };
}

function databaseOf({ table }: Mapping): string | undefined {
  return table.split('.')[0];
}

/** What is declared of shares, where the tables are that they show: before, nothing of them can be there. */
export function declaredShareFacts(
  { shares }: DeclaredAccount,
  tables: readonly FoundTable[],
): readonly Fact[] {
  const there = new Set(tables.map(({ name }) => name));
  const shown = shares.filter(({ database, table }) => there.has(`${database}.${table.tier}.${table.name}`));
  return [
    ...shown.flatMap((share) => [
      viewFact(share),
      shareFact(share),
      // That it has the database is what makes it a share of ours.
      ...shareGrants(share)
        .filter(({ on }) => on !== 'DATABASE')
        .map((grant): Fact => ({ is: 'privilege', ...grant })),
    ]),
    ...readersOf(shares).map((reader): ShareFact => ({
      is: 'reader',
      name: reader.name,
      account: reader.account ?? '',
      comment: readerComment(reader),
    })),
  ];
}

function shareFact(share: DeclaredShare): ShareFact {
  const { database, account } = share;
  return {
    is: 'share',
    name: shareName(share),
    database,
    accounts: account === undefined ? [] : [account],
    comment: shareComment(share),
  };
}

function viewFact(share: DeclaredShare): ShareFact {
  const statement = sharedView(share);
  return {
    is: 'shared view',
    name: sharedViewName(share),
    secure: true,
    query: queryOf(statement),
    statement,
  };
}

/** What a view shows, of the statement that made it. */
export function queryOf(statement: string): string {
  return /\bAS\s+(SELECT\b.*?);?\s*$/is.exec(statement)?.[1] ?? statement;
}
