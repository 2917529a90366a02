import type { Fault, Path } from './finding';
import { collectorSettings, customValue, type OdcsDocument, type OdcsProperty } from './odcs';
import { propertyAt } from './property-path';
import { CLASSIFICATIONS } from './stream-contract';
import { durationSeconds } from './stream-view';

/** What no schema can see: that the parts of a contract agree with each other. */
export function crossCheck(document: OdcsDocument): Fault[] {
  const custom = document.customProperties.findIndex(({ property }) => property === 'das.collector');
  if (custom < 0)
    return [{ path: ['customProperties'], message: 'das.collector is missing: a stream needs its source' }];
  const at = ['customProperties', custom, 'value'];
  const [table] = document.schema;
  const properties = table?.properties ?? [];
  return [
    ...checkCollector(document, properties, at),
    ...checkServer(document),
    ...properties.flatMap((property, index) => checkProperty(property, ['schema', 0, 'properties', index])),
  ];
}

function checkCollector(document: OdcsDocument, properties: readonly OdcsProperty[], at: Path): Fault[] {
  const settings = collectorSettings(document);
  const faults: Fault[] = [];
  const need = (name: string, path: Path, mustBeRequired: boolean): void => {
    const found = propertyAt(properties, name);
    if (found === undefined) faults.push({ path, message: `${name} is not a property of the schema` });
    else if (mustBeRequired && found.required !== true)
      faults.push({ path, message: `${name} must be a required property` });
  };
  for (const [column, name] of Object.entries(settings.envelope))
    need(name, [...at, 'envelope', column], true);
  for (const [index, name] of settings.dedupeKeys.entries()) need(name, [...at, 'dedupeKeys', index], true);
  need(settings.source.key, [...at, 'source', 'key'], true);
  const { watermark, allowed } = settings.lateness;
  if (durationSeconds(watermark) > durationSeconds(allowed)) {
    faults.push({ path: [...at, 'lateness', 'watermark'], message: 'is longer than the allowed lateness' });
  }
  return faults;
}

function checkServer({ servers }: OdcsDocument): Fault[] {
  const snowflake = servers.find(({ type }) => type === 'snowflake');
  if (snowflake?.database !== undefined && snowflake.schema !== undefined) return [];
  return [{ path: ['servers'], message: 'a server of type snowflake with database and schema is missing' }];
}

function checkProperty(property: OdcsProperty, path: Path): Fault[] {
  const faults: Fault[] = [];
  const { logicalType, properties = [], items, classification, tags = [] } = property;
  if (logicalType === 'object' && properties.length === 0)
    faults.push({ path, message: 'an object lists its properties' });
  if (logicalType === 'array' && items === undefined)
    faults.push({ path, message: 'an array says what its items are' });
  const sensitive = classification === 'pii' || classification === 'phi';
  if (sensitive && logicalType !== 'object' && customValue(property, 'das.protect') === undefined) {
    faults.push({
      path,
      message: `is ${classification} and needs das.protect: clear, tokenize, redact, encrypt or generalize`,
    });
  }
  if (sensitive && logicalType !== 'object' && !tags.some((tag) => tag.startsWith('phi:'))) {
    faults.push({
      path,
      message: `is ${classification} and needs a tag that names its kind, such as phi:email`,
    });
  }
  const children = items === undefined ? properties : [items];
  for (const [index, child] of children.entries()) {
    const childPath = items === undefined ? [...path, 'properties', index] : [...path, 'items'];
    if (logicalType === 'object' && rank(child) > rank(property)) {
      faults.push({
        path: childPath,
        message: `is ${child.classification}, which is above the ${classification} of what holds it`,
      });
    }
    faults.push(...checkProperty(child, childPath));
  }
  return faults;
}

function rank({ classification }: OdcsProperty): number {
  return CLASSIFICATIONS.indexOf(classification);
}
