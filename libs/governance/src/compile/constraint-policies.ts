import type { AccessBook } from '@das/contracts';
import { seeEverything } from './masking-policies';
import { isRole } from './sql-text';

/** A policy that has no arguments: it says what may be done with a column or a table, and not what is seen of it. */
export interface ConstraintPolicy {
  readonly type: 'projection' | 'aggregation';
  readonly name: string;
  readonly description: string;
  /** Snowflake's alone: DuckDB has nothing like it, so locally a table that has one is not shown. */
  readonly body: string;
}

export function constraintPolicies(access: AccessBook): readonly ConstraintPolicy[] {
  const { projection, aggregation } = access.constraints;
  const free = seeEverything(access).map(isRole).join(' or ');
  return [
    ...Object.entries(projection).map(([name, { description }]): ConstraintPolicy => ({
      type: 'projection',
      name: `PROJECT_${name.toUpperCase()}`,
      description,
      body: `case when ${free} then projection_constraint(allow => true) else projection_constraint(allow => false) end`,
    })),
    ...Object.entries(aggregation).map(([name, { description, minimum }]): ConstraintPolicy => ({
      type: 'aggregation',
      name: `AGGREGATE_${name.toUpperCase()}`,
      description,
      body: `case when ${free} then no_aggregation_constraint() else aggregation_constraint(min_group_size => ${minimum}) end`,
    })),
  ];
}
