import { isPersonal } from '../governed-tables';
import { maskOf } from '../model-column';
import type { OdcsProperty } from '../odcs';
import { phiKind, protectionOf } from '../protected-properties';
import type { Classification } from '../stream-contract';

export interface PageColumn {
  /** Of a stream its path in the event; `[]` stands for each item of an array. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly classification: Classification;
  readonly phi: string | null;
  /** What of it lands; null: a product does not decide that. */
  readonly lands: string | null;
  /** The form in which it is seen by whom it is not clear for; null: it has no mask. */
  readonly mask: string | null;
  readonly clearFor: readonly string[] | 'everybody';
  readonly madeFrom: readonly string[];
  readonly description: string;
}

/** Everything that holds a value, in the contract's order. */
export function pageColumns(
  properties: readonly OdcsProperty[],
  of: { readonly isStream: boolean },
  parent = '',
): readonly PageColumn[] {
  return properties.flatMap((property) => atOrBelow(property, of, `${parent}${property.name}`));
}

function atOrBelow(
  property: OdcsProperty,
  of: { readonly isStream: boolean },
  name: string,
): readonly PageColumn[] {
  if (property.items !== undefined) return atOrBelow(property.items, of, `${name}.[]`);
  if (property.properties !== undefined) return pageColumns(property.properties, of, `${name}.`);
  const mask = maskOf(property);
  return [
    {
      name,
      type: property.physicalType ?? property.logicalType,
      required: property.required === true,
      classification: property.classification,
      phi: phiKind(property) ?? null,
      lands: of.isStream && isPersonal(property) ? protectionOf(property) : null,
      mask: mask?.form ?? null,
      clearFor: mask?.clearFor ?? 'everybody',
      madeFrom: of.isStream ? [] : (property.transformSourceObjects ?? []),
      description: property.description.trim(),
    },
  ];
}
