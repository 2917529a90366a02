import { customValue } from '../das-properties';
import { DAY_SECONDS, durationSeconds } from '../duration';
import { goldColumns } from '../gold-columns';
import type { OdcsDocument, OdcsTable } from '../odcs';
import type { ProductContract } from '../product-contract';
import { toProductContract } from '../product-view';
import { highestClass } from '../property-path';
import { keyColumns } from '../table-key';
import { dbtColumn, valueTests, type DbtTest } from './dbt-columns';
import { dbtYaml } from './dbt-yaml';

/** dbt's properties of each table of a data product, by the table's name. */
export function dbtGold(document: OdcsDocument, contractFile: string): ReadonlyMap<string, string> {
  const product = toProductContract(document);
  return new Map(
    document.schema.map((table) => [
      table.name,
      dbtYaml(contractFile, { models: [goldModel(table, product, document.dataProduct)] }),
    ]),
  );
}

function goldModel(table: OdcsTable, product: ProductContract, dataProduct: string) {
  const key = keyColumns(table.properties).map(({ name }) => name);
  const model = customValue(table, 'das.model');
  const rowAccess = customValue(table, 'das.rowAccess');
  const isView = model?.materialized === 'view';
  return {
    name: table.name,
    description: table.description,
    config: {
      materialized: isView ? 'view' : 'governed_dynamic_table',
      contract: { enforced: true },
      meta: {
        das: {
          product: product.product,
          internal: model?.internal === true ? true : undefined,
          readerRole: model?.internal === true ? undefined : `GOLD_READ_${product.product.toUpperCase()}`,
          key,
          as: isView ? undefined : model?.materialized,
          targetLagSeconds: isView ? undefined : product.freshness.targetLagSeconds,
          refreshMode: model?.materialized === 'dynamic_table' ? model.refreshMode : undefined,
          frozen: model?.frozen && {
            column: model.frozen.column,
            days: durationSeconds(model.frozen.after) / DAY_SECONDS,
          },
          classification: highestClass(table.properties),
          retentionDays: product.retentionDays,
          rowAccess: rowAccess && { policy: rowAccess.policy, columns: Object.values(rowAccess.columns) },
          aggregation: customValue(table, 'das.aggregation'),
          dataProduct,
        },
      },
    },
    data_tests: tableTests(table, key),
    columns: goldColumns(table).map((column) => {
      const unique: readonly DbtTest[] = key.length === 1 && key[0] === column.name ? ['unique'] : [];
      const required: readonly DbtTest[] = column.nullable ? [] : ['not_null'];
      return dbtColumn(column, [...unique, ...required, ...valueTests(column)]);
    }),
  };
}

/** That a compound key is one, and the rules that the contract gives as queries. */
function tableTests({ quality = [] }: OdcsTable, key: readonly string[]) {
  const rules = quality
    .filter(({ type }) => type === 'sql')
    .map(({ name, description, query, mustBe }) => ({
      quality_rule: { name, description, arguments: { query, must_be: mustBe } },
    }));
  const keys = key.length > 1 ? [{ unique_combination: { arguments: { columns: key } } }] : [];
  return keys.length + rules.length === 0 ? undefined : [...keys, ...rules];
}
