import { SHORTEST_LAG_SECONDS } from './check-product';
import { customValue } from './das-properties';
import { durationSeconds } from './duration';
import { maskOf } from './model-column';
import type { OdcsDocument, OdcsProperty, OdcsTable } from './odcs';
import type { ProductColumn, ProductContract, ProductTable } from './product-contract';
import { highestClass } from './property-path';
import { phiKind } from './protected-properties';
import { freshnessSeconds, retentionDays } from './service-level';
import { keyColumns } from './table-key';

/** The runtime view of a data product's checked contract. */
export function toProductContract(document: OdcsDocument): ProductContract {
  const settings = customValue(document, 'das.product');
  const server = document.servers.find(({ type }) => type === 'snowflake');
  const [seconds, days] = [freshnessSeconds(document), retentionDays(document)];
  const percentile = customValue(document, 'das.slo')?.freshness.percentile;
  if (
    settings === undefined ||
    server?.database === undefined ||
    server.schema === undefined ||
    seconds === undefined ||
    percentile === undefined ||
    days === undefined
  ) {
    throw new Error("toProductContract takes a data product's contract that loadContract has checked");
  }
  const place = { database: server.database, schema: server.schema };
  return {
    id: document.id,
    product: document.name,
    version: document.version,
    domain: document.domain,
    purpose: document.description.purpose,
    archetype: settings.archetype,
    purposes: customValue(document, 'das.purposes') ?? [],
    readers: document.roles.filter(({ access }) => access === 'read').map(({ role }) => role),
    freshness: {
      seconds,
      percentile,
      targetLagSeconds: targetLagSeconds(settings.targetLag, seconds),
    },
    retentionDays: days,
    inputs: customValue(document, 'das.lineage')?.inputs ?? [],
    tables: document.schema.map((table) => productTable(table, place)),
  };
}

/** Half of what is promised: the other half is for what happens before, and for the refresh itself. */
function targetLagSeconds(said: string | undefined, freshness: number): number {
  if (said !== undefined) return durationSeconds(said);
  return Math.max(SHORTEST_LAG_SECONDS, Math.floor(freshness / 2));
}

function productTable(
  table: OdcsTable,
  place: { readonly database: string; readonly schema: string },
): ProductTable {
  const model = customValue(table, 'das.model');
  const rowAccess = customValue(table, 'das.rowAccess');
  if (model === undefined || rowAccess === undefined)
    throw new Error(`the table ${table.name} is of a contract that loadContract has not checked`);
  return {
    table: { ...place, name: table.physicalName },
    description: table.description,
    materialized: model.materialized,
    internal: model.internal,
    key: keyColumns(table.properties).map(({ name }) => name.toUpperCase()),
    rowAccess: {
      policy: rowAccess.policy,
      columns: Object.values(rowAccess.columns).map((column) => column.toUpperCase()),
    },
    classification: highestClass(table.properties),
    columns: table.properties.map(productColumn),
  };
}

function productColumn(property: OdcsProperty): ProductColumn {
  const { name, physicalType, required, description, classification } = property;
  return {
    name: name.toUpperCase(),
    type: physicalType ?? 'VARCHAR',
    nullable: required !== true,
    description,
    classification,
    kind: phiKind(property),
    mask: maskOf(property),
  };
}
