import { shareName } from '@das/contracts';
import { SHARED } from '@das/governance';
import type { DeclaredAccount, Grantee } from '../account-model';
import { queryOf } from './declared-shares';
import { LISTING, type ShareFact } from './share-facts';
import type { Snapshot, SnapshotRow } from './snapshot';

/** The names under which answers about shares are looked up again. */
export const ASK_SHARES = {
  shares: (): string => 'SHOW SHARES',
  /** Of a whole database, for its schema of shares need not be there. */
  views: (database: string): string => `SHOW VIEWS IN DATABASE "${database}"`,
  readers: (): string => 'SHOW MANAGED ACCOUNTS',
} as const;

/** What an account answered of what others read. */
export function foundShareFacts(
  account: DeclaredAccount,
  { answers, recordedAt }: Snapshot,
): readonly ShareFact[] {
  const rows = (asked: string): readonly SnapshotRow[] => answers[asked] ?? [];
  const ended = new Map(
    account.shares
      .filter(({ expires }) => expires < recordedAt.slice(0, 10))
      .map((share) => [shareName(share), share.expires]),
  );
  return [
    ...rows(ASK_SHARES.shares())
      .filter((row) => isOurs(row, account))
      .map((row): ShareFact => ({
        is: 'share',
        name: lastOf(row.name),
        database: String(row.database_name),
        accounts: accountsOf(row),
        ended: ended.get(lastOf(row.name)),
      })),
    ...account.databases.flatMap(({ name: database }) =>
      rows(ASK_SHARES.views(database))
        .filter((row) => row.schema_name === SHARED)
        .map((row): ShareFact => ({
          is: 'shared view',
          name: `${database}.${SHARED}.${String(row.name)}`,
          secure: String(row.is_secure) === 'true',
          query: queryOf(String(row.text)),
          statement: '',
        })),
    ),
    ...rows(ASK_SHARES.readers()).map((row): ShareFact => ({
      is: 'reader',
      name: String(row.name),
      account: String(row.locator),
      comment: '',
    })),
  ];
}

/** Declared shares that are there: Snowflake refuses to say what is granted to others. */
export function sharesThere({ shares }: DeclaredAccount, answers: Snapshot['answers']): readonly Grantee[] {
  const there = new Set(
    (answers[ASK_SHARES.shares()] ?? []).filter(isOutbound).map(({ name }) => lastOf(name)),
  );
  return shares
    .map(shareName)
    .filter((name) => there.has(name))
    .map((name) => ({ type: 'SHARE', name }));
}

/** What other accounts are given; what they give us is not ours. */
function isOurs(row: SnapshotRow, { databases }: DeclaredAccount): boolean {
  return isOutbound(row) && databases.some(({ name }) => name === row.database_name);
}

function isOutbound({ kind }: SnapshotRow): boolean {
  return kind === 'OUTBOUND';
}

/** Told with organization and account in some accounts, and without in others. */
function lastOf(name: unknown): string {
  return String(name).split('.').at(-1) ?? '';
}

/** Who reads a share: accounts, and whoever a listing offers it to, whom `to` does not tell. */
function accountsOf({ to, listing_global_name: listing }: SnapshotRow): readonly string[] {
  const offered = String(listing ?? '').trim();
  return [
    ...String(to ?? '')
      .split(',')
      .map((account) => account.trim())
      .filter((account) => account !== '')
      .toSorted(),
    ...(offered === '' ? [] : [`${LISTING}${offered}`]),
  ];
}
