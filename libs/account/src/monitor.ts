import type { Warehouse } from './account-model';
import type { Setting } from './account-objects';
import { variable } from './sql/sql-text';

export function monitorName(warehouse: string): string {
  return `${warehouse}_MONITOR`;
}

/** What a warehouse may use in a month. The last tenth is left to what is running already; the end is the end. */
export function monitorOf({ name }: Pick<Warehouse, 'name'>): Setting {
  return {
    kind: 'RESOURCE MONITOR',
    name: monitorName(name),
    fixed: '',
    properties: {
      CREDIT_QUOTA: variable(`${name.toLowerCase()}_credits`),
      // Snowflake lets no frequency be set without a start, from which it counts anew.
      FREQUENCY: 'MONTHLY START_TIMESTAMP = IMMEDIATELY',
      TRIGGERS: 'ON 75 PERCENT DO NOTIFY ON 90 PERCENT DO SUSPEND ON 100 PERCENT DO SUSPEND_IMMEDIATE',
    },
  };
}
