import { isProduct } from '../contract-kind';
import { customValue, type Share } from '../das-properties';
import { governedTables, type GovernedTable } from '../governed-tables';
import type { OdcsDocument } from '../odcs';

/** A share as the account and the policies know it; names are upper case. */
export interface DeclaredShare extends Omit<Share, 'name' | 'table' | 'columns'> {
  readonly domain: string;
  readonly database: string;
  /** The product of which it is. */
  readonly contract: string;
  /** As the contract names it: that of its view, too. */
  readonly name: string;
  readonly columns: readonly string[];
  /** The table of GOLD that it shows. */
  readonly table: GovernedTable;
  /** What statements call the table. */
  readonly tableKind: 'DYNAMIC TABLE' | 'TABLE' | 'VIEW';
}

const KINDS = { dynamic_table: 'DYNAMIC TABLE', task: 'TABLE', view: 'VIEW' } as const;

/** What contracts let other accounts read, in their order. */
export function declaredShares(documents: readonly OdcsDocument[]): readonly DeclaredShare[] {
  const tables = governedTables(documents).filter(({ tier }) => tier === 'GOLD');
  return documents.filter(isProduct).flatMap((document) =>
    (customValue(document, 'das.shares') ?? []).flatMap((share): readonly DeclaredShare[] => {
      const table = tables.find(
        ({ contract, name }) => contract === document.name && name === physicalName(document, share.table),
      );
      const model = document.schema.find(({ name }) => name === share.table);
      if (table === undefined || model === undefined) return [];
      const { domain, database } = table;
      const columns = share.columns.map((column) => column.toUpperCase());
      return [
        {
          ...share,
          domain,
          database,
          contract: document.name,
          name: share.name.toUpperCase(),
          columns,
          table,
          tableKind: KINDS[customValue(model, 'das.model')?.materialized ?? 'task'],
        },
      ];
    }),
  );
}

/** By the name of the account's locator, which regions it was given. */
export function shareRegions(shares: readonly DeclaredShare[]): readonly (readonly [string, string])[] {
  const rows = shares.flatMap(({ account, regions }) =>
    account === undefined ? [] : regions.map((region) => [account, region] as const),
  );
  return [...new Map(rows.map((row) => [row.join(' '), row])).values()];
}

/** The share on the account, whose names are the account's: no two databases have the same. */
export function shareName({ database, name }: Pick<DeclaredShare, 'database' | 'name'>): string {
  return `${database}_${name}`;
}

function physicalName({ schema }: OdcsDocument, name: string): string | undefined {
  return schema.find((table) => table.name === name)?.physicalName;
}
