import { checkKindTags, hasKindTag, isSensitive } from './check-governance';
import { customIndex, customValue } from './das-properties';
import { DAY_SECONDS, durationSeconds } from './duration';
import type { Fault, Path } from './finding';
import { maskOf } from './model-column';
import type { OdcsDocument, OdcsProperty, OdcsTable } from './odcs';
import { freshnessSeconds } from './service-level';

/** Snowflake refreshes no dynamic table more often. */
export const SHORTEST_LAG_SECONDS = 60;

/** That a data product's contract agrees with itself. What it says of others is looked at by `checkTogether`. */
export function checkProduct(document: OdcsDocument): Fault[] {
  return [
    ...checkPromises(document),
    ...checkTargetLag(document),
    ...checkOutputs(document),
    ...checkReaders(document),
    ...checkConsumers(document),
    ...document.schema.flatMap((table, index) => checkTable(table, ['schema', index])),
  ];
}

/** What a consumer asks first. */
const QUESTIONS = {
  'das.purposes': 'what may it be used for?',
  'das.slo': 'how often is what it promises kept, and over which time?',
} as const;

function checkPromises(document: OdcsDocument): Fault[] {
  return (['das.purposes', 'das.slo'] as const)
    .filter((name) => customIndex(document, name) < 0)
    .map((name) => ({ path: ['customProperties'], message: `${name} is missing: ${QUESTIONS[name]}` }));
}

function checkTargetLag(document: OdcsDocument): Fault[] {
  const freshness = freshnessSeconds(document);
  if (freshness === undefined)
    return [{ path: ['slaProperties'], message: 'a property freshness in s, m, h or d is missing' }];
  const lag = customValue(document, 'das.product')?.targetLag;
  if (lag === undefined) return [];
  const path = ['customProperties', customIndex(document, 'das.product'), 'value', 'targetLag'];
  const seconds = durationSeconds(lag);
  if (seconds < SHORTEST_LAG_SECONDS)
    return [{ path, message: `is under ${SHORTEST_LAG_SECONDS} seconds, the shortest that Snowflake takes` }];
  if (seconds >= freshness)
    return [
      { path, message: `is not under the freshness that is promised, ${freshness} seconds: shorten it` },
    ];
  return [];
}

/** Lineage links contracts by the tables that they write: it must name exactly those. */
function checkOutputs(document: OdcsDocument): Fault[] {
  const server = document.servers.find(({ type }) => type === 'snowflake');
  const path = ['customProperties', customIndex(document, 'das.lineage')];
  const lineage = customValue(document, 'das.lineage');
  if (lineage === undefined)
    return [
      { path: ['customProperties'], message: 'das.lineage is missing: what it is made from, and into' },
    ];
  const tables = document.schema
    .filter((table) => customValue(table, 'das.model')?.internal !== true)
    .map(({ physicalName }) => `${server?.database}.${server?.schema}.${physicalName}`);
  const same = tables.toSorted().join(', ');
  if (lineage.outputs.toSorted().join(', ') === same) return [];
  return [{ path: [...path, 'value', 'outputs'], message: `are not its tables, which are ${same}` }];
}

/** A role that may see a column clear and may not read the product is a mistake in one of the two. */
function checkReaders(document: OdcsDocument): Fault[] {
  const readers = document.roles.filter(({ access }) => access === 'read').map(({ role }) => role);
  return document.schema.flatMap(({ properties }, table) =>
    properties.flatMap((property, index) =>
      (customValue(property, 'das.clearFor') ?? [])
        .filter((role) => !readers.includes(role))
        .map((role) => ({
          path: ['schema', table, 'properties', index],
          message: `is clear for ${role}, which is no role with access: read: add it to roles, or take it out`,
        })),
    ),
  );
}

function checkTable(table: OdcsTable, path: Path): Fault[] {
  return [
    ...checkModel(table, path),
    ...checkKey(table, path),
    ...checkTableRowAccess(table, path),
    ...checkTableAggregation(table, path),
    ...checkQuality(table, path),
    ...table.properties.flatMap((property, index) => checkColumn(property, [...path, 'properties', index])),
  ];
}

function checkModel(table: OdcsTable, path: Path): Fault[] {
  if (customIndex(table, 'das.model') < 0)
    return [{ path, message: 'das.model is missing: dynamic_table, task or view' }];
  const model = customValue(table, 'das.model');
  if (model === undefined) return [];
  const at = [...path, 'customProperties', customIndex(table, 'das.model'), 'value'];
  const faults: Fault[] = [];
  if (model.materialized !== 'dynamic_table' && model.refreshMode !== 'auto')
    faults.push({ path: [...at, 'refreshMode'], message: 'is of dynamic tables alone' });
  if (model.frozen === undefined) return faults;
  if (model.materialized === 'view')
    faults.push({ path: [...at, 'frozen'], message: 'is of tables: a view keeps no rows' });
  const seconds = durationSeconds(model.frozen.after);
  if (seconds === 0 || seconds % DAY_SECONDS !== 0)
    faults.push({ path: [...at, 'frozen', 'after'], message: 'must be of whole days, such as P390D' });
  const column = table.properties.find(({ name }) => name === model.frozen?.column);
  if (column?.logicalType !== 'timestamp' || column.required !== true)
    faults.push({
      path: [...at, 'frozen', 'column'],
      message: `${model.frozen.column} is no required timestamp of the table: whether a row is frozen could not be told`,
    });
  return faults;
}

function checkKey({ properties }: OdcsTable, path: Path): Fault[] {
  const faults: Fault[] = [];
  const keys = properties.filter(({ primaryKey }) => primaryKey === true);
  if (keys.length === 0) faults.push({ path, message: 'has no primaryKey: what is one row?' });
  const positions = keys.map(({ primaryKeyPosition }) => primaryKeyPosition).toSorted();
  if (positions.some((position, index) => position !== index + 1))
    faults.push({ path, message: 'needs primaryKeyPosition 1, 2, … on the columns of its key' });
  for (const [index, { primaryKey, required }] of properties.entries()) {
    if (primaryKey === true && required !== true)
      faults.push({
        path: [...path, 'properties', index],
        message: 'is part of the key and must be required',
      });
  }
  return faults;
}

function checkTableRowAccess(table: OdcsTable, path: Path): Fault[] {
  const access = customValue(table, 'das.rowAccess');
  if (access === undefined)
    return [{ path, message: 'das.rowAccess is missing: by which column is it decided who sees a row?' }];
  const given = [...path, 'customProperties', customIndex(table, 'das.rowAccess'), 'value', 'columns'];
  return Object.entries(access.columns).flatMap(([argument, name]): Fault[] => {
    const at = [...given, argument];
    const column = table.properties.find((property) => property.name === name);
    if (column === undefined)
      return [{ path: at, message: `${name} is not a column: row access would guard nothing` }];
    // Snowflake: a column is an argument of a mask or of a row access policy, not of both.
    if (maskOf(column) !== undefined)
      return [
        { path: at, message: `${name} is masked: a column has a mask or decides about rows, not both` },
      ];
    if (column.required === true) return [];
    return [{ path: at, message: `${name} must be required: a row without it would be seen by nobody` }];
  });
}

function checkTableAggregation(table: OdcsTable, path: Path): Fault[] {
  const { entity = [] } = customValue(table, 'das.aggregation') ?? {};
  const at = [...path, 'customProperties', customIndex(table, 'das.aggregation'), 'value', 'entity'];
  return entity.flatMap((name, index) =>
    table.properties.some((property) => property.name === name)
      ? []
      : [{ path: [...at, index], message: `${name} is not a column: nothing would be counted` }],
  );
}

/** A rule that nobody checks is a promise that nobody keeps: what can be computed is computed. */
function checkQuality({ quality = [] }: OdcsTable, path: Path): Fault[] {
  return quality.flatMap(({ type, query, mustBe }, index): Fault[] => {
    const at = [...path, 'quality', index];
    if (type === 'text') return [];
    if (type !== 'sql')
      return [
        {
          path: [...at, 'type'],
          message: `${type} is checked by nobody: use primaryKey, required, das.enum, relationships, minimum, or sql`,
        },
      ];
    if (query === undefined || typeof mustBe !== 'number')
      return [{ path: at, message: 'needs a query and, as a number, what its result mustBe' }];
    if (query.includes('${object}')) return [];
    return [{ path: [...at, 'query'], message: 'must read ${object}, which stands for the table' }];
  });
}

function checkColumn(property: OdcsProperty, path: Path): Fault[] {
  const { name, physicalName, physicalType, classification, logicalType, transformSourceObjects } = property;
  const faults: Fault[] = [];
  const fault = (message: string): void => void faults.push({ path, message });
  if (physicalName !== undefined && physicalName !== name.toUpperCase())
    fault(`has the physicalName ${physicalName}: it is ${name.toUpperCase()}`);
  if (physicalType === undefined) fault('needs a physicalType of Snowflake, such as VARCHAR or NUMBER(12,2)');
  if (logicalType === 'object' || logicalType === 'array')
    fault(`is an ${logicalType}: a product has columns, each with a class and a mask of its own`);
  if (transformSourceObjects === undefined || transformSourceObjects.length === 0)
    fault('needs transformSourceObjects: the properties that it is made from');
  for (const custom of ['das.protect', 'das.link', 'das.nullable'] as const)
    if (customIndex(property, custom) >= 0)
      fault(`${custom} is of streams: a product does not decide what lands`);
  faults.push(...checkKindTags(property, path));
  if (isSensitive(property) && !hasKindTag(property))
    fault(`is ${classification} and needs a tag that names its kind, such as phi:email`);
  const [mask, clearFor] = [
    customIndex(property, 'das.mask') >= 0,
    customIndex(property, 'das.clearFor') >= 0,
  ];
  if (mask !== clearFor) fault('needs both das.mask and das.clearFor, or neither');
  if (mask && !hasKindTag(property))
    fault('has das.mask and no tag that names its kind, which names the policy');
  return faults;
}

/** Who relies on a product may read it, for what it may be used for. */
function checkConsumers(document: OdcsDocument): Fault[] {
  const purposes = customValue(document, 'das.purposes') ?? [];
  const readers = document.roles.filter(({ access }) => access === 'read').map(({ role }) => role);
  const at = ['customProperties', customIndex(document, 'das.consumers'), 'value'];
  return (customValue(document, 'das.consumers') ?? []).flatMap(
    ({ role, product, purpose }, index): Fault[] => [
      // Who refreshes a product of another domain reads all of GOLD.
      ...(readers.includes(role) || product !== undefined
        ? []
        : [{ path: [...at, index], message: `${role} is a consumer and may not read it: name it in roles` }]),
      ...(purposes.includes(purpose)
        ? []
        : [{ path: [...at, index], message: `${purpose} is not among das.purposes` }]),
    ],
  );
}
