import { customValue } from '../das-properties';
import type { OdcsDocument } from '../odcs';
import { SILVER_RETENTION_DAYS, silverColumnName, silverColumns, silverTable } from '../silver-columns';
import { toStreamContract } from '../stream-view';
import { dbtColumn, valueTests, type DbtTest } from './dbt-columns';
import { dbtYaml } from './dbt-yaml';
import type { GeneratedFile } from './generated-file';
import { macroModel } from './macro-model';

/** dbt's model of a stream's SILVER table: the same for every stream but for its names. */
export function dbtSilver(document: OdcsDocument, contractFile: string): readonly GeneratedFile[] {
  const { domain, name } = document;
  const path = `dbt/models/${domain}/silver/${silverTable(document)}`;
  const sql = macroModel(contractFile, 'landed_events', [domain, name], keyOf(document));
  return [
    { path: `${path}.sql`, text: sql },
    { path: `${path}.yml`, text: silverYaml(document, contractFile) },
  ];
}

function silverYaml(document: OdcsDocument, contractFile: string): string {
  const { stream, classification, lateness } = toStreamContract(document);
  const bronze = `source('${document.domain}_bronze', '${stream}')`;
  const key = keyOf(document);
  const rowAccess = rowAccessOf(document);
  return dbtYaml(contractFile, {
    models: [
      {
        name: silverTable(document),
        description: `The landed events of ${stream}, typed, one row per ${key.join(', ')}: of several the one that landed last. Nothing is folded, so that a late correction reaches all of GOLD.`,
        config: {
          materialized: 'stream_task',
          contract: { enforced: true },
          meta: {
            das: {
              stream,
              streams: [stream],
              key,
              classification,
              retentionDays: SILVER_RETENTION_DAYS,
              watermarkSeconds: lateness.watermarkSeconds,
              rowAccess,
              dataProduct: document.dataProduct,
            },
          },
        },
        data_tests: [
          { counts_what_landed: { arguments: { bronze } } },
          ...(key.length > 1 ? [{ unique_combination: { arguments: { columns: key } } }] : []),
        ],
        columns: silverColumns(document).map((column) => {
          const unique: readonly DbtTest[] = key.length === 1 && key[0] === column.name ? ['unique'] : [];
          return dbtColumn(column, [...unique, ...valueTests(column)]);
        }),
      },
    ],
  });
}

/** What makes two rows the same event; the envelope's event id has a column of its own. */
function keyOf(document: OdcsDocument): readonly string[] {
  const { envelope, dedupeKeys } = customValue(document, 'das.collector') ?? {};
  return (dedupeKeys ?? []).map((name) => (name === envelope?.eventId ? 'event_id' : columnOf(name)));
}

function rowAccessOf({ schema: [table] }: OdcsDocument) {
  const access = table && customValue(table, 'das.rowAccess');
  return access && { policy: access.policy, columns: Object.values(access.columns).map(columnOf) };
}

function columnOf(dotted: string): string {
  return silverColumnName(dotted.split('.'));
}
