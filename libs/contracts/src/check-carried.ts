import type { RowAccessPolicies } from './access/policies';
import { isProduct } from './contract-kind';
import { customValue } from './das-properties';
import type { Fault, Path } from './finding';
import type { OdcsDocument, OdcsTable } from './odcs';

/** That what is seen in groups alone is seen so in a table that is made from it: a copy would show it otherwise. */
export function checkCarried(table: OdcsTable, documents: readonly OdcsDocument[], path: Path): Fault[] {
  const made = customValue(table, 'das.aggregation')?.policy;
  return sourcesOf(table, documents).flatMap((source): Fault[] => {
    const grouped = customValue(source, 'das.aggregation')?.policy;
    if (grouped === undefined || grouped === made) return [];
    return [
      { path, message: `${source.name} is seen in groups alone: needs das.aggregation ${grouped} too` },
    ];
  });
}

/**
 * That what keeps rows of a table keeps those of a table that is made from it, of whichever domain it is: policies of one name
 * are the same in all of them.
 */
export function checkCarriedRows(
  document: OdcsDocument,
  documents: readonly OdcsDocument[],
  { policies }: RowAccessPolicies,
): Fault[] {
  if (!isProduct(document)) return [];
  return document.schema.flatMap((table, index) => {
    const ours = customValue(table, 'das.rowAccess')?.policy;
    const hold = ours === undefined ? [] : [ours, ...(policies[ours]?.holds ?? [])];
    return sourcesOf(table, documents).flatMap((source): Fault[] => {
      const rows = customValue(source, 'das.rowAccess')?.policy;
      if (rows === undefined || hold.includes(rows)) return [];
      return [
        {
          path: ['schema', index],
          message: `rows of ${source.name} are seen by the policy ${rows}: needs das.rowAccess with it, or with a policy that holds it too`,
        },
      ];
    });
  });
}

/** Tables of products that any column is made from. */
function sourcesOf(
  { name, properties }: OdcsTable,
  documents: readonly OdcsDocument[],
): readonly OdcsTable[] {
  const named = new Set(
    properties.flatMap(({ transformSourceObjects = [] }) =>
      transformSourceObjects.map((reference) => reference.split('.')[0]),
    ),
  );
  return documents
    .filter(isProduct)
    .flatMap(({ schema }) => schema)
    .filter((table) => table.name !== name && named.has(table.name));
}
