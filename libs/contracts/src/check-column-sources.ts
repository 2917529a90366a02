import { classRank, isSensitive } from './check-governance';
import type { ModelColumn } from './model-column';
import type { ColumnMask } from './product-contract';
import type { SourceColumn } from './source-columns';

/** How a column is protected. */
export type Protected = Pick<ModelColumn, 'classification' | 'kind' | 'mask' | 'projection'>;

/** One that `transformSourceObjects` names, and what was found there. */
export interface NamedSource {
  readonly reference: string;
  readonly column: SourceColumn;
}

/** That a column protects what it is made of at least as well as where that comes from does. */
export function protectionFaults(made: Protected, sources: readonly NamedSource[]): readonly string[] {
  const kinds = sources.flatMap(({ column }) => (isSensitive(column) && column.kind ? [column.kind] : []));
  return [
    ...sources.flatMap((source) => [
      ...classFaults(made, source),
      ...maskFaults(made, source),
      ...projectionFaults(made, source),
    ]),
    ...(kinds.length === 0 || (made.kind !== undefined && kinds.includes(made.kind))
      ? []
      : [`is made from ${kinds.map((name) => `phi:${name}`).join(', ')} and needs that tag`]),
  ];
}

function classFaults(made: Protected, { reference, column }: NamedSource): readonly string[] {
  if (classRank(made) >= classRank(column)) return [];
  return [`is ${made.classification}, which is below the ${column.classification} of ${reference}: raise it`];
}

function maskFaults({ mask }: Protected, { reference, column }: NamedSource): readonly string[] {
  if (column.mask === undefined) return [];
  if (mask === undefined) return [`needs das.mask and das.clearFor, as ${reference} has them`];
  return [...formFaults(mask, column.mask, reference), ...clearFaults(mask, column.mask, reference)];
}

/** What may not be shown there may not be shown as a copy. */
function projectionFaults({ projection }: Protected, { reference, column }: NamedSource): readonly string[] {
  if (column.projection === undefined || column.projection === projection) return [];
  return [`needs das.projection ${column.projection}, as ${reference} has it`];
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
