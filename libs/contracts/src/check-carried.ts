import { isProduct } from './contract-kind';
import { customValue } from './das-properties';
import type { Fault, Path } from './finding';
import type { OdcsDocument, OdcsTable } from './odcs';

/**
 * That what keeps rows of a product's table keeps those of a table that is made from it: a copy would show them otherwise. Of
 * another domain rows are read as they were registered (`checkCrossing`), and by its policies.
 */
export function checkCarried(
  document: OdcsDocument,
  table: OdcsTable,
  documents: readonly OdcsDocument[],
  path: Path,
): Fault[] {
  return sourcesOf(document, table, documents).flatMap((source): Fault[] => {
    const [grouped, made] = [source, table].map((one) => customValue(one, 'das.aggregation')?.policy);
    const [rows, ours] = [source, table].map((one) => customValue(one, 'das.rowAccess')?.policy);
    return [
      ...(grouped === undefined || grouped === made
        ? []
        : [
            { path, message: `${source.name} is seen in groups alone: needs das.aggregation ${grouped} too` },
          ]),
      ...(rows === undefined || rows === ours
        ? []
        : [
            {
              path,
              message: `rows of ${source.name} are seen by the policy ${rows}: needs it in das.rowAccess too`,
            },
          ]),
    ];
  });
}

/** Tables of the domain's products that any column is made from. */
function sourcesOf(
  { domain }: OdcsDocument,
  { name, properties }: OdcsTable,
  documents: readonly OdcsDocument[],
): readonly OdcsTable[] {
  const named = new Set(
    properties.flatMap(({ transformSourceObjects = [] }) =>
      transformSourceObjects.map((reference) => reference.split('.')[0]),
    ),
  );
  return documents
    .filter((other) => isProduct(other) && other.domain === domain)
    .flatMap(({ schema }) => schema)
    .filter((table) => table.name !== name && named.has(table.name));
}
