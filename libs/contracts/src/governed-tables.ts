import { isProduct, isStream } from './contract-kind';
import { customValue } from './das-properties';
import { goldColumns } from './gold-columns';
import type { ModelColumn } from './model-column';
import type { OdcsDocument } from './odcs';
import type { Classification } from './stream-contract';
import { silverColumns, silverColumnName, silverTable } from './silver-columns';
import { toStreamContract } from './stream-view';

/** A column as a policy sees it. */
export interface GovernedColumn extends Pick<
  ModelColumn,
  'type' | 'nullable' | 'classification' | 'kind' | 'mask' | 'projection'
> {
  /** Upper case. */
  readonly name: string;
}

/** A table of SILVER or GOLD, with everything that keeps its rows and columns from people. */
export interface GovernedTable {
  readonly domain: string;
  readonly database: string;
  readonly tier: 'SILVER' | 'GOLD';
  /** Upper case. */
  readonly name: string;
  /** The contract that it is of: a product of GOLD, a stream of SILVER. */
  readonly contract: string;
  /** No consumer is promised it, and none may read it. */
  readonly isInternal: boolean;
  /** A view shows what its table shows to whoever asks. */
  readonly isView: boolean;
  readonly rowAccess?: { readonly policy: string; readonly columns: readonly string[] } | undefined;
  /** A constraint: it is seen in groups alone, of so many rows, or of distinct values of the entity's columns. */
  readonly aggregation?: { readonly policy: string; readonly entity: readonly string[] } | undefined;
  /** Roles that may read it, by its contract. */
  readonly readers: readonly string[];
  readonly columns: readonly GovernedColumn[];
}

/** Every table of SILVER and GOLD that the contracts make. */
export function governedTables(documents: readonly OdcsDocument[]): readonly GovernedTable[] {
  return documents.flatMap((document) => {
    if (isStream(document)) return [silverOf(document)];
    return isProduct(document) ? goldOf(document) : [];
  });
}

function silverOf(document: OdcsDocument): GovernedTable {
  const [table] = document.schema;
  const access = table && customValue(table, 'das.rowAccess');
  return {
    domain: document.domain,
    database: toStreamContract(document).table.database,
    tier: 'SILVER',
    name: silverTable(document).toUpperCase(),
    contract: document.name,
    isInternal: true,
    isView: false,
    rowAccess: access && {
      policy: access.policy,
      columns: Object.values(access.columns).map((column) =>
        silverColumnName(column.split('.')).toUpperCase(),
      ),
    },
    readers: [],
    columns: silverColumns(document).map(governed),
  };
}

function goldOf(document: OdcsDocument): readonly GovernedTable[] {
  const database = document.servers.find(({ type }) => type === 'snowflake')?.database ?? '';
  return document.schema.map((table) => {
    const model = customValue(table, 'das.model');
    const access = customValue(table, 'das.rowAccess');
    const grouped = customValue(table, 'das.aggregation');
    return {
      domain: document.domain,
      database,
      tier: 'GOLD',
      name: table.physicalName,
      contract: document.name,
      isInternal: model?.internal === true,
      isView: model?.materialized === 'view',
      rowAccess: access && { policy: access.policy, columns: Object.values(access.columns).map(upper) },
      aggregation: grouped && { policy: grouped.policy, entity: (grouped.entity ?? []).map(upper) },
      readers: readersOf(document),
      columns: goldColumns(table).map(governed),
    };
  });
}

/** Roles that a contract lets read, in its order. */
export function readersOf({ roles }: OdcsDocument): readonly string[] {
  return roles.filter(({ access }) => access === 'read').map(({ role }) => role);
}

function governed(column: ModelColumn): GovernedColumn {
  const { name, type, nullable, classification, kind, mask, projection } = column;
  return { name: upper(name), type, nullable, classification, kind, mask, projection };
}

function upper(name: string): string {
  return name.toUpperCase();
}

export function isPersonal({ classification }: { readonly classification: Classification }): boolean {
  return classification === 'pii' || classification === 'phi';
}
