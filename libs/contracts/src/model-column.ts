import { customValue } from './das-properties';
import type { OdcsProperty } from './odcs';
import type { ColumnMask } from './product-contract';
import { phiKind } from './protected-properties';
import type { Classification, PhiKind, PropertyPath } from './stream-contract';

/** A column of a derived table, SILVER or GOLD. */
export interface ModelColumn {
  /** In lower case, as models and contracts write it. */
  readonly name: string;
  /** Snowflake's. */
  readonly type: string;
  readonly nullable: boolean;
  readonly description: string;
  readonly classification: Classification;
  readonly kind?: PhiKind | undefined;
  readonly mask?: ColumnMask | undefined;
  /** The constraint of policies/constraints.yaml that says what may be done with it. */
  readonly projection?: string | undefined;
  /** The only values that it has, beside null. */
  readonly allowed?: readonly (string | number)[] | undefined;
  readonly minimum?: number | undefined;
  /** The columns of other tables, as `table.column`, one of whose values it has. */
  readonly references?: readonly string[] | undefined;
  /** Where the event has it. */
  readonly path?: PropertyPath | undefined;
  /** It is a keyed token: told from others, joined, and no more. */
  readonly isToken?: boolean | undefined;
  /** The identity whose link token it is. */
  readonly link?: string | undefined;
}

/** The mask that a property's own tag, `das.mask` and `das.clearFor` make; undefined: it has none. */
export function maskOf(property: OdcsProperty): ColumnMask | undefined {
  const [kind, form] = [phiKind(property), customValue(property, 'das.mask')];
  if (kind === undefined || form === undefined) return undefined;
  return { kind, form, clearFor: customValue(property, 'das.clearFor') ?? [] };
}

/**
 * What a masking policy is called, after `MASK_`. A policy has one type, so a kind that is held in several has several; text,
 * which nearly all is, has the plain name.
 * @param type - Snowflake's, with or without a length
 */
export function maskPolicyName(kind: string, type: string): string {
  const base = type.replace(/\(.*/, '').toLowerCase();
  return base === 'varchar' ? kind : `${kind}_${base}`;
}
