import {
  createReader,
  dropReader,
  makeShare,
  removeShareAccounts,
  setShareAccounts,
} from '../shares/share-statements';
import { quoted } from '../sql/sql-text';
import type { Mending } from './mending';
import { LISTING, type ShareFact } from './share-facts';

/** As `creation` of all facts. */
export function createShared(fact: ShareFact): string {
  switch (fact.is) {
    case 'share':
      return makeShare(fact);
    case 'shared view':
      return fact.statement;
    case 'reader':
      return createReader(fact.name, fact.comment);
  }
}

/** As `removal` of all facts: what cuts off whoever reads, at once. */
export function removeShared(fact: ShareFact): string {
  switch (fact.is) {
    case 'share':
      return `REVOKE USAGE ON DATABASE ${quoted(fact.database)} FROM SHARE ${quoted(fact.name)}`;
    case 'shared view':
      return `DROP VIEW ${quoted(fact.name)}`;
    case 'reader':
      return dropReader(fact.name);
  }
}

/** Something is otherwise than declared; undefined: it is made as if it were missing. */
export function changeShared(declared: ShareFact, found: ShareFact): Mending | undefined {
  if (declared.is === 'reader' && found.is === 'reader')
    return {
      statement: `-- ${found.name} has the locator ${found.account}: write it into das.shares, and have that approved`,
      destructive: false,
    };
  if (declared.is !== 'share' || found.is !== 'share') return undefined;
  const listed = found.accounts.find((account) => account.startsWith(LISTING));
  if (listed !== undefined)
    return {
      statement: `-- ${found.name} is offered by the ${listed}: SHOW LISTINGS tells its name, and ALTER LISTING … UNPUBLISH takes it back`,
      destructive: false,
    };
  const others = found.accounts.filter((account) => !declared.accounts.includes(account));
  const statement =
    declared.accounts.length === 0
      ? removeShareAccounts(declared.name, others)
      : setShareAccounts(declared.name, declared.accounts);
  return { statement, destructive: others.length > 0 };
}
