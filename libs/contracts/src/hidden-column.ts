import { maskPolicyName } from './model-column';
import type { ColumnMask } from './product-contract';

/** A column of BRONZE or OPS that whoever watches the table does not see. */
export interface HiddenColumn {
  /** Names the policy, as a kind of personal data does. */
  readonly mask: Pick<ColumnMask, 'form' | 'clearFor'> & { readonly kind: string };
  readonly type: string;
}

/** @param clearFor - who sees it all the same, in production */
export function hiddenFrom(kind: string, type: string, clearFor: readonly string[] = []): HiddenColumn {
  return { mask: { kind, form: 'nothing', clearFor }, type };
}

/** The name, in OPS, of the policy that hides it. */
export function hidingPolicy({ mask, type }: HiddenColumn): string {
  return `MASK_${maskPolicyName(mask.kind, type).toUpperCase()}`;
}
