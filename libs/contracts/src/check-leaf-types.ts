import type { Fault, Path } from './finding';
import { isDecimal, isNumber } from './number-range';
import type { OdcsProperty } from './odcs';
import { protectionOf } from './protected-properties';

/** What holds every value of JSON that passes as one. */
const COLUMN_TYPES: Partial<Readonly<Record<OdcsProperty['logicalType'], string>>> = {
  string: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP_TZ',
  boolean: 'BOOLEAN',
};

/** That a column can hold every value of a stream's property that collectors let through: one that it cannot is null. */
export function checkLeafTypes(property: OdcsProperty, path: Path): Fault[] {
  const { properties = [], items } = property;
  if (items !== undefined) return checkLeafTypes(items, [...path, 'items']);
  if (properties.length > 0)
    return properties.flatMap((child, index) => checkLeafTypes(child, [...path, 'properties', index]));
  // A token, a cipher text and a coarser form are texts.
  if (protectionOf(property) !== 'clear') return [];
  return isNumber(property) ? checkNumber(property, path) : checkText(property, path);
}

function checkNumber({ physicalType, logicalTypeOptions = {} }: OdcsProperty, path: Path): Fault[] {
  if (physicalType !== undefined)
    return isDecimal(physicalType)
      ? []
      : [{ path: [...path, 'physicalType'], message: 'is none of a number, such as NUMBER(12,2)' }];
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = logicalTypeOptions;
  if ((minimum ?? exclusiveMinimum) !== undefined && (maximum ?? exclusiveMaximum) !== undefined) return [];
  return [
    {
      path,
      message: 'is a number that may be of any size: give it a minimum and a maximum, or a physicalType',
    },
  ];
}

function checkText({ physicalType, logicalType }: OdcsProperty, path: Path): Fault[] {
  const type = COLUMN_TYPES[logicalType];
  if (physicalType === undefined || type === undefined || physicalType === type) return [];
  return [
    { path: [...path, 'physicalType'], message: `is not ${type}, which every ${logicalType} can be kept as` },
  ];
}
