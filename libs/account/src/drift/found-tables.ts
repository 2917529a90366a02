import type { DeclaredAccount } from '../account-model';
import { ASK } from './questions';
import type { Snapshot } from './snapshot';

/** A table of a declared database, as it is on the account. */
export interface FoundTable {
  /** Dotted. */
  readonly name: string;
  readonly kind: 'TABLE' | 'DYNAMIC TABLE' | 'VIEW';
}

/** Tables and views: what else INFORMATION_SCHEMA.TABLES lists (event tables, external ones) is not granted as they are. */
export function foundTables(
  account: DeclaredAccount,
  { answers }: Pick<Snapshot, 'answers'>,
): readonly FoundTable[] {
  return account.databases.flatMap(({ name: database }) =>
    (answers[ASK.tables(database)] ?? []).flatMap((row): readonly FoundTable[] => {
      const kind = kindOf(String(row.TABLE_TYPE), String(row.IS_DYNAMIC));
      if (kind === undefined || row.TABLE_SCHEMA === 'INFORMATION_SCHEMA') return [];
      return [{ name: `${database}.${row.TABLE_SCHEMA}.${row.TABLE_NAME}`, kind }];
    }),
  );
}

function kindOf(type: string, dynamic: string): FoundTable['kind'] | undefined {
  if (type === 'VIEW') return 'VIEW';
  if (type !== 'BASE TABLE') return undefined;
  return dynamic === 'YES' ? 'DYNAMIC TABLE' : 'TABLE';
}
