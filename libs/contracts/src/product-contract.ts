import type { Classification, MaskForm, PhiKind } from './stream-contract';

/** What a product is made of: one source's events, several of them, or other products for one use. */
export const ARCHETYPES = ['source-aligned', 'aggregate', 'consumer-aligned'] as const;
export type Archetype = (typeof ARCHETYPES)[number];

/** How Snowflake keeps a table: refreshed by itself, by a scheduled task, or not at all, being a view. */
export const MATERIALIZATIONS = ['dynamic_table', 'task', 'view'] as const;
export type Materialization = (typeof MATERIALIZATIONS)[number];

export const REFRESH_MODES = ['auto', 'full', 'incremental', 'adaptive'] as const;
export type RefreshMode = (typeof REFRESH_MODES)[number];

/** Who sees a column as it is, and what everybody else sees. */
export interface ColumnMask {
  /** Names the policy. */
  readonly kind: PhiKind;
  readonly form: MaskForm;
  /** Roles that see it without a mask; empty: nobody. */
  readonly clearFor: readonly string[];
}

export interface ProductColumn {
  /** As in the table: upper case. */
  readonly name: string;
  /** Snowflake's. */
  readonly type: string;
  readonly nullable: boolean;
  readonly description: string;
  readonly classification: Classification;
  readonly kind?: PhiKind | undefined;
  readonly mask?: ColumnMask | undefined;
}

export interface ProductTable {
  /** Unquoted names in upper case. */
  readonly table: { readonly database: string; readonly schema: string; readonly name: string };
  readonly description: string;
  readonly materialized: Materialization;
  /** A step on the way that no consumer is promised. */
  readonly internal: boolean;
  /** Column names, in the key's order. */
  readonly key: readonly string[];
  /** The policy that decides by the values of columns who sees a row. */
  readonly rowAccess: { readonly policy: string; readonly columns: readonly string[] };
  /** The most sensitive class of any column. */
  readonly classification: Classification;
  readonly columns: readonly ProductColumn[];
}

/**
 * What readers need to know of one data product: the runtime view of its contract. `npm run generate` writes one
 * constant of this type per product, so that no service reads YAML.
 */
export interface ProductContract {
  /** The contract's `id`. */
  readonly id: string;
  /** The product's name, such as `customers`. */
  readonly product: string;
  readonly version: string;
  readonly domain: string;
  readonly purpose: string;
  readonly archetype: Archetype;
  /** What it may be used for. */
  readonly purposes: readonly string[];
  /** Roles that may read it. */
  readonly readers: readonly string[];
  /** Seconds from an event to a queryable row that are promised, and how far a table may lag behind what it reads. */
  readonly freshness: {
    readonly seconds: number;
    readonly percentile: number;
    readonly targetLagSeconds: number;
  };
  readonly retentionDays: number;
  /** The tables that it is made from, as `<DB>.<SCHEMA>.<TABLE>`. */
  readonly inputs: readonly string[];
  readonly tables: readonly ProductTable[];
}
