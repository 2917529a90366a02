import type { AccessBook } from '../../access/access-book';
import { customValue } from '../../das-properties';
import type { OdcsDocument, OdcsTable } from '../../odcs';
import type { ProductTable } from '../../product-contract';
import { toProductContract } from '../../product-view';
import type { JsonSchema } from '../../stream-contract';
import { generatedFrom } from '../header';
import { typeName } from '../type-names';
import { columnSchema } from './column-schema';

/**
 * A product's tables as component schemas of OpenAPI 3.1, for an API that serves them: one per table that consumers are
 * promised, named as the row type of TypeScript. It has no paths, which are the API's.
 */
export function openApi(
  document: OdcsDocument,
  access: Pick<AccessBook, 'masking'>,
  contractFile: string,
): JsonSchema {
  const product = toProductContract(document);
  const tables = document.schema.flatMap((table, index) => {
    const view = product.tables[index];
    return view === undefined || view.internal ? [] : [[table, view] as const];
  });
  const isDeprecated = document.status === 'deprecated' || document.status === 'retired';
  return {
    openapi: '3.1.0',
    info: {
      title: document.name,
      version: document.version,
      summary: document.description.purpose,
      description: generatedFrom(contractFile),
      'x-das-contract': product.id,
      'x-das-domain': product.domain,
      'x-das-owner': { team: document.team.name, channel: document.support[0]?.channel },
      'x-das-purposes': product.purposes,
      'x-das-readers': product.readers,
      'x-das-freshness': {
        seconds: product.freshness.seconds,
        percentile: product.freshness.percentile,
        window: customValue(document, 'das.slo')?.freshness.window,
      },
      'x-das-retention-days': product.retentionDays,
    },
    components: {
      schemas: Object.fromEntries(
        tables.map(([table, view]) => [
          `${typeName(table.name)}Row`,
          rowSchema(table, view, access, isDeprecated),
        ]),
      ),
    },
  };
}

/** A row has every column: what is masked is null, and never left out. Further columns may come in a later version. */
function rowSchema(
  table: OdcsTable,
  view: ProductTable,
  access: Pick<AccessBook, 'masking'>,
  isDeprecated: boolean,
): JsonSchema {
  const columns = table.properties.map(
    (property) => [property.name.toUpperCase(), columnSchema(property, access)] as const,
  );
  return {
    type: 'object',
    ...(isDeprecated ? { deprecated: true } : {}),
    // A line break within a paragraph means nothing in CommonMark.
    description: table.description.replace(/\n+/g, '\n\n'),
    required: columns.map(([name]) => name),
    properties: Object.fromEntries(columns),
    'x-das-table': [view.table.database, view.table.schema, view.table.name].join('.'),
    'x-das-key': view.key,
    'x-das-classification': view.classification,
    'x-das-row-access': view.rowAccess,
  };
}
