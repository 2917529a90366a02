import type { AccessBook } from '@das/contracts';
import { seeEverything } from './masking-policies';
import { constraintName, type ConstraintPolicy } from './policy';
import { isRole } from './sql-text';

export function constraintPolicies(access: AccessBook): readonly ConstraintPolicy[] {
  const { projection, aggregation } = access.constraints;
  const free = seeEverything(access).map(isRole).join(' or ');
  return [
    ...Object.entries(projection).map(([name, { description }]): ConstraintPolicy => ({
      type: 'projection',
      name: constraintName('projection', name),
      description,
      body: {
        snowflake: `case when ${free} then projection_constraint(allow => true) else projection_constraint(allow => false) end`,
        duckdb: free,
      },
    })),
    ...Object.entries(aggregation).map(([name, { description, minimum }]): ConstraintPolicy => ({
      type: 'aggregation',
      name: constraintName('aggregation', name),
      description,
      body: {
        snowflake: `case when ${free} then no_aggregation_constraint() else aggregation_constraint(min_group_size => ${minimum}) end`,
        duckdb: free,
      },
    })),
  ];
}
