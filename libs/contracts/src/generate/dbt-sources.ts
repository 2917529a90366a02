import { BRONZE_COLUMNS } from '../bronze-columns';
import type { OdcsDocument } from '../odcs';
import { freshnessSeconds } from '../service-level';
import { toStreamContract } from '../stream-view';
import type { TableColumn } from '../table-column';
import { dbtYaml } from './dbt-yaml';
import { OPS_TABLES } from './ops-ddl';

/** Where the local endpoint keeps a table; Snowflake's target does not read it. */
function lakeFiles(database: string, schema: string): string {
  const folder = `{{ env_var('DAS_LAKE', '../.das/demo/lake') }}/${database}/${schema}`;
  return `read_parquet('${folder}/{identifier}/*/*/*.parquet', union_by_name=true, hive_partitioning=false)`;
}

/** dbt's sources of a domain: the BRONZE table of each stream, and what services add to OPS. */
export function dbtSources(domain: string, streams: readonly OdcsDocument[]): string {
  const [first] = streams;
  if (first === undefined) throw new Error(`the domain ${domain} has no stream`);
  const { database, schema } = toStreamContract(first).table;
  return dbtYaml(`contracts/${domain}/*.odcs.yaml`, {
    sources: [
      {
        name: `${domain}_bronze`,
        description: `What collectors landed of ${domain}: one row per record, append-only, kept for 30 days.`,
        database,
        schema,
        config: { loaded_at_field: 'INGESTED_AT', meta: { external_location: lakeFiles(database, schema) } },
        tables: streams.map(bronzeTable),
      },
      {
        name: `${domain}_ops`,
        description: `What services add to the OPS schema of ${domain}.`,
        database,
        schema: 'OPS',
        config: { meta: { external_location: lakeFiles(database, 'OPS') } },
        tables: OPS_TABLES.map(({ name, comment, columns }) => ({
          name: name.toLowerCase(),
          identifier: name,
          description: comment,
          columns: columns.map(sourceColumn),
        })),
      },
    ],
  });
}

function bronzeTable(document: OdcsDocument) {
  const { stream, table } = toStreamContract(document);
  return {
    name: stream,
    identifier: table.name,
    description: document.description.purpose,
    config: { freshness: freshness(freshnessSeconds(document)) },
    columns: BRONZE_COLUMNS.map(sourceColumn),
  };
}

/** dbt warns where the promise is not kept, and fails where it is missed by as much again. */
function freshness(seconds: number | undefined) {
  if (seconds === undefined) return undefined;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return {
    warn_after: { count: minutes, period: 'minute' },
    error_after: { count: 2 * minutes, period: 'minute' },
  };
}

function sourceColumn({ name, type, comment }: TableColumn) {
  return { name, data_type: type, description: comment };
}
