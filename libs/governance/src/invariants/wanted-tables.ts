import {
  bronzeClass,
  BRONZE_COLUMNS,
  BRONZE_MASKS,
  governedTables,
  isPersonal,
  hidingPolicy,
  isStream,
  maskPolicyName,
  opsClass,
  OPS_TABLES,
  toStreamContract,
  type Classification,
  type HiddenColumn,
  type OdcsDocument,
} from '@das/contracts';
import { constraintName } from '../compile/policy';

/** What contracts want of a table, wherever it is read. */
export interface WantedTable {
  /** `DB.SCHEMA.TABLE` */
  readonly name: string;
  /** A view shows what its table shows to whoever asks. */
  readonly isView: boolean;
  readonly rowAccess?: { readonly policy: string; readonly columns: readonly string[] } | undefined;
  /** The policy's name in OPS, and whose distinct values it counts. */
  readonly aggregation?: { readonly policy: string; readonly entity: readonly string[] } | undefined;
  readonly columns: readonly WantedColumn[];
}

export interface WantedColumn {
  readonly name: string;
  /** Snowflake's. */
  readonly type: string;
  readonly classification: Classification;
  readonly kind?: string | undefined;
  readonly isPersonal: boolean;
  /** The policy's name in OPS; undefined: not personal, or what landed is its own mask. */
  readonly policy?: string | undefined;
  /** The projection policy's name in OPS. */
  readonly projection?: string | undefined;
  /** What landed is a token, which its policy shows as it is. */
  readonly isToken?: boolean | undefined;
}

/** Every table of BRONZE, SILVER and GOLD, and those of OPS that services append to, straight from the contracts. */
export function wantedTables(documents: readonly OdcsDocument[]): readonly WantedTable[] {
  const refined = governedTables(documents).map(
    ({ database, tier, name, isView, rowAccess, aggregation, columns }): WantedTable => ({
      name: `${database}.${tier}.${name}`,
      isView,
      rowAccess: rowAccess && {
        policy: `ROWS_BY_${rowAccess.policy.toUpperCase()}`,
        columns: rowAccess.columns,
      },
      aggregation: aggregation && {
        policy: constraintName('aggregation', aggregation.policy),
        entity: aggregation.entity,
      },
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        classification: column.classification,
        kind: column.kind,
        isPersonal: isPersonal(column),
        policy: column.mask && policyName(column.mask, column.type),
        projection: column.projection && constraintName('projection', column.projection),
        isToken: column.mask?.form === 'token',
      })),
    }),
  );
  const databases = new Set(refined.map(({ name }) => name.split('.')[0] ?? ''));
  return [...documents.filter(isStream).map(bronzeOf), ...refined, ...[...databases].flatMap(opsOf)];
}

function bronzeOf(document: OdcsDocument): WantedTable {
  const { table, classification } = toStreamContract(document);
  return {
    name: `${table.database}.${table.schema}.${table.name}`,
    isView: false,
    columns: BRONZE_COLUMNS.map((column) =>
      hidable(column, bronzeClass(column.name, classification), BRONZE_MASKS[column.name]),
    ),
  };
}

/** What services append to; policies and the account's own tables look into the rest of OPS, which nobody classifies. */
function opsOf(database: string): readonly WantedTable[] {
  return OPS_TABLES.map((table) => ({
    name: `${database}.OPS.${table.name}`,
    isView: false,
    columns: table.columns.map((column) =>
      hidable(column, opsClass(table, column.name), table.masks[column.name]),
    ),
  }));
}

function hidable(
  { name, type }: (typeof BRONZE_COLUMNS)[number],
  classification: Classification,
  hidden: HiddenColumn | undefined,
): WantedColumn {
  const policy = hidden && hidingPolicy(hidden);
  return { name, type, classification, isPersonal: hidden !== undefined, policy };
}

function policyName({ kind }: { readonly kind: string }, type: string): string {
  return `MASK_${maskPolicyName(kind, type).toUpperCase()}`;
}
