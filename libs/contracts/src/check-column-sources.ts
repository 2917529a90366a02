import { classRank, isSensitive } from './check-governance';
import { maskOf } from './model-column';
import type { OdcsProperty } from './odcs';
import type { ColumnMask } from './product-contract';
import { phiKind } from './protected-properties';
import type { SourceColumn } from './source-columns';

/** One that `transformSourceObjects` names, and what was found there. */
export interface NamedSource {
  readonly reference: string;
  readonly column: SourceColumn;
}

/** That a column protects what it is made of at least as well as where that comes from does. */
export function protectionFaults(property: OdcsProperty, sources: readonly NamedSource[]): readonly string[] {
  const kinds = sources.flatMap(({ column }) => (isSensitive(column) && column.kind ? [column.kind] : []));
  const kind = phiKind(property);
  return [
    ...sources.flatMap((source) => [...classFaults(property, source), ...maskFaults(property, source)]),
    ...(kinds.length === 0 || (kind !== undefined && kinds.includes(kind))
      ? []
      : [`is made from ${kinds.map((name) => `phi:${name}`).join(', ')} and needs that tag`]),
  ];
}

function classFaults(property: OdcsProperty, { reference, column }: NamedSource): readonly string[] {
  if (classRank(property) >= classRank(column)) return [];
  return [
    `is ${property.classification}, which is below the ${column.classification} of ${reference}: raise it`,
  ];
}

function maskFaults(property: OdcsProperty, { reference, column }: NamedSource): readonly string[] {
  if (column.mask === undefined) return [];
  const mask = maskOf(property);
  if (mask === undefined) return [`needs das.mask and das.clearFor, as ${reference} has them`];
  return [...formFaults(mask, column.mask, reference), ...clearFaults(mask, column.mask, reference)];
}

/** Of two forms none says less than the other, but `nothing` less than all. */
function formFaults(mask: ColumnMask, source: ColumnMask, reference: string): readonly string[] {
  if (mask.form === source.form || mask.form === 'nothing') return [];
  return [`is masked as ${mask.form}, and ${reference} as ${source.form}: use that, or nothing`];
}

function clearFaults(mask: ColumnMask, source: ColumnMask, reference: string): readonly string[] {
  const more = mask.clearFor.filter((role) => !source.clearFor.includes(role));
  if (more.length === 0) return [];
  return [`is clear for ${more.join(', ')}, which ${reference} is not`];
}
