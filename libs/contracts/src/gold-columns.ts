import { customValue } from './das-properties';
import { maskOf, type ModelColumn } from './model-column';
import type { OdcsProperty, OdcsTable } from './odcs';
import { phiKind } from './protected-properties';

/** The columns of a product's table, as its contract has them. */
export function goldColumns({ properties }: OdcsTable): readonly ModelColumn[] {
  return properties.map(goldColumn);
}

function goldColumn(property: OdcsProperty): ModelColumn {
  const { name, physicalType, required, description, logicalTypeOptions } = property;
  const minimum = logicalTypeOptions?.minimum;
  return {
    name,
    type: physicalType ?? 'VARCHAR',
    nullable: required !== true,
    description,
    ...protectedAs(property),
    allowed: customValue(property, 'das.enum'),
    minimum: typeof minimum === 'number' ? minimum : undefined,
    references: property.relationships?.map(({ to }) => to),
  };
}

/** What a property says of its own protection. */
export function protectedAs(
  property: OdcsProperty,
): Pick<ModelColumn, 'classification' | 'kind' | 'mask' | 'projection'> {
  return {
    classification: property.classification,
    kind: phiKind(property),
    mask: maskOf(property),
    projection: customValue(property, 'das.projection'),
  };
}
