import { checkGovernance } from './check-governance';
import type { Fault, Path } from './finding';
import { collectorSettings, customValue, type CollectorSettings, type OdcsDocument } from './odcs';
import { allProperties, propertyAt } from './property-path';
import { protectionOf } from './protected-properties';
import type { Protection } from './stream-contract';
import { durationSeconds, retentionDays } from './stream-view';

/** What no schema can see: that the parts of a contract agree with each other. */
export function crossCheck(document: OdcsDocument): Fault[] {
  const properties = document.schema[0]?.properties ?? [];
  return [
    ...checkCollector(document),
    ...checkServers(document),
    ...checkRowAccess(document),
    ...checkLinks(document),
    ...properties.flatMap((property, index) => checkGovernance(property, ['schema', 0, 'properties', index])),
  ];
}

function checkCollector(document: OdcsDocument): Fault[] {
  const custom = document.customProperties.findIndex(({ property }) => property === 'das.collector');
  if (custom < 0)
    return [{ path: ['customProperties'], message: 'das.collector is missing: a stream needs its source' }];
  const settings = collectorSettings(document);
  if (settings === undefined) return [];
  const at = ['customProperties', custom, 'value'];
  const faults = requiredPaths(settings, at).flatMap(({ name, path, lands }): Fault[] => {
    const found = propertyAt(document.schema[0]?.properties ?? [], name);
    if (found === undefined)
      return [{ path, message: `${name} is not a property of the schema: declare it, or mend the path` }];
    const protect = protectionOf(found);
    return [
      ...(found.required === true ? [] : [{ path, message: `${name} must be a required property` }]),
      ...(lands.includes(protect)
        ? []
        : [
            {
              path,
              message: `${name} lands by ${protect}, which makes it useless here: ${lands.join(' or ')} it`,
            },
          ]),
    ];
  });
  const { watermark, allowed } = settings.lateness;
  if (durationSeconds(watermark) > durationSeconds(allowed)) {
    faults.push({
      path: [...at, 'lateness', 'watermark'],
      message: `is longer than the allowed lateness ${allowed}: shorten it`,
    });
  }
  return faults;
}

/** Columns that are read for what they say: a token says nothing. */
const READ = ['eventType', 'eventTs', 'schemaVersion'];
const CLEAR: readonly Protection[] = ['clear'];
/** Of a key it is enough that equal values stay equal. */
const COMPARED: readonly Protection[] = ['clear', 'tokenize'];

/** An event without one of these could not be told from others, or not be placed in time. */
function requiredPaths({ envelope, dedupeKeys, source }: CollectorSettings, at: Path) {
  return [
    ...Object.entries(envelope).map(([column, name]) => ({
      name,
      path: [...at, 'envelope', column],
      lands: READ.includes(column) ? CLEAR : COMPARED,
    })),
    ...dedupeKeys.map((name, index) => ({ name, path: [...at, 'dedupeKeys', index], lands: COMPARED })),
    { name: source.key, path: [...at, 'source', 'key'], lands: COMPARED },
  ];
}

function checkServers(document: OdcsDocument): Fault[] {
  const { servers } = document;
  const faults: Fault[] = [];
  const snowflake = servers.find(({ type }) => type === 'snowflake');
  if (snowflake?.database === undefined || snowflake.schema === undefined) {
    faults.push({
      path: ['servers'],
      message: 'a server of type snowflake with database and schema is missing',
    });
  }
  const topic = collectorSettings(document)?.source.topic;
  const kafka = servers.findIndex(({ type }) => type === 'kafka');
  const said = servers[kafka]?.customProperties?.find(({ property }) => property === 'topic')?.value;
  if (topic !== undefined && said !== topic) {
    faults.push({
      path: kafka < 0 ? ['servers'] : ['servers', kafka],
      message: `a server of type kafka names no topic ${topic}, which das.collector reads`,
    });
  }
  if (retentionDays(document) === undefined) {
    faults.push({
      path: ['slaProperties'],
      message: 'a property retention with a whole number of days (unit d) is missing',
    });
  }
  return faults;
}

function checkRowAccess({ schema }: OdcsDocument): Fault[] {
  const [table] = schema;
  const index = table?.customProperties?.findIndex(({ property }) => property === 'das.rowAccess') ?? -1;
  const access = table === undefined ? undefined : customValue(table, 'das.rowAccess');
  if (table === undefined || typeof access !== 'object' || access === null || !('column' in access))
    return [];
  const { column } = access;
  if (typeof column !== 'string') return [];
  const path = ['schema', 0, 'customProperties', index, 'value', 'column'];
  const guarded = propertyAt(table.properties, column);
  if (guarded === undefined)
    return [{ path, message: `${column} is not a property of the schema: row access would guard nothing` }];
  const protect = protectionOf(guarded);
  if (protect === 'clear') return [];
  return [{ path, message: `${column} lands by ${protect}: no row access policy could read it` }];
}

/** LINK_TOKENS has one token of each name. */
function checkLinks({ schema }: OdcsDocument): Fault[] {
  const links = allProperties(schema[0]?.properties ?? []).map((property) =>
    customValue(property, 'das.link'),
  );
  const twice = new Set(links.filter((link, index) => link !== undefined && links.indexOf(link) !== index));
  return [...twice].map((link) => ({
    path: ['schema', 0, 'properties'],
    message: `das.link ${String(link)} is given to several properties: an event links by one value of each name`,
  }));
}
