import { protectionFaults, type NamedSource, type Protected } from './check-column-sources';
import { isSensitive } from './check-governance';
import { customIndex, customValue } from './das-properties';
import type { Fault, Path } from './finding';
import type { OdcsProperty, OdcsTable } from './odcs';
import type { SourceColumns } from './source-columns';

/** What `das.declassifies` names, in its order. */
export function declassified(owner: OdcsProperty | OdcsTable): readonly string[] {
  return (customValue(owner, 'das.declassifies') ?? []).map(({ source }) => source);
}

/** That a column declassifies what it is made from, and what needs it: anything else would be a hole for later. */
export function checkDeclassified(
  property: OdcsProperty,
  made: Protected,
  sources: readonly NamedSource[],
  path: Path,
): Fault[] {
  return declassified(property).flatMap((source, index): Fault[] => {
    const at = placeOf(property, path, index);
    const named = sources.find(({ reference }) => reference === source);
    if (named === undefined)
      return [{ path: at, message: `${source} is not among the transformSourceObjects of ${property.name}` }];
    if (protectionFaults(made, [named]).length > 0) return [];
    return [{ path: at, message: `${source} is no better protected than ${property.name}: leave that out` }];
  });
}

/** That what a table says to decide which rows there are is personal: of anything else nothing need be said. */
export function checkDeclassifiedRows(table: OdcsTable, columns: SourceColumns, path: Path): Fault[] {
  return declassified(table).flatMap((source, index): Fault[] => {
    const at = placeOf(table, path, index);
    const column = columns.get(source);
    if (column === undefined)
      return [{ path: at, message: `${source} is no property of a stream and no column of a table` }];
    if (isSensitive(column)) return [];
    return [
      {
        path: at,
        message: `${source} is ${column.classification}, and may decide about rows: leave that out`,
      },
    ];
  });
}

function placeOf(owner: OdcsProperty | OdcsTable, path: Path, index: number): Path {
  return [...path, 'customProperties', customIndex(owner, 'das.declassifies'), 'value', index, 'source'];
}
