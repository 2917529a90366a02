import { checkGovernance } from './check-governance';
import { checkLeafTypes } from './check-leaf-types';
import { customIndex, customValue } from './das-properties';
import { durationSeconds } from './duration';
import type { Fault, Path } from './finding';
import type { OdcsDocument } from './odcs';
import { allProperties, propertyAt } from './property-path';
import { protectionOf } from './protected-properties';
import { silverColumns } from './silver-columns';
import type { Protection } from './stream-contract';
import { streamSource, type DeclaredSource } from './stream-source';

type Collector = NonNullable<ReturnType<typeof customValue<'das.collector'>>>;

/** That a stream's contract agrees with itself. */
export function checkStream(document: OdcsDocument): Fault[] {
  const properties = document.schema[0]?.properties ?? [];
  const collector = checkCollector(document);
  return [
    ...checkOneTable(document),
    ...checkNoModel(document),
    ...checkNothingOfProducts(document),
    ...collector,
    // Which columns there are depends on the envelope.
    ...(collector.length === 0 ? checkSilverNames(document) : []),
    ...checkServer(document),
    ...checkRowAccess(document),
    ...checkLinks(document),
    ...properties.flatMap((property, index) => {
      const path = ['schema', 0, 'properties', index];
      return [...checkGovernance(property, path), ...checkLeafTypes(property, path)];
    }),
  ];
}

function checkOneTable({ schema }: OdcsDocument): Fault[] {
  if (schema.length === 1) return [];
  return [{ path: ['schema', 1], message: 'is a second table: a stream lands in one' }];
}

/** Its table of SILVER follows from it. */
function checkNoModel({ schema: [table] }: OdcsDocument): Fault[] {
  const index = table === undefined ? -1 : customIndex(table, 'das.model');
  if (index < 0) return [];
  return [{ path: ['schema', 0, 'customProperties', index], message: 'das.model is of data products' }];
}

/** Its table of SILVER holds what lands, as it lands, for services alone: a constraint there would hold nobody. */
const OF_PRODUCTS = ['das.declassifies', 'das.projection', 'das.aggregation'] as const;

function checkNothingOfProducts({ schema: [table] }: OdcsDocument): Fault[] {
  const owners = table === undefined ? [] : [table, ...allProperties(table.properties)];
  return OF_PRODUCTS.flatMap((custom) =>
    owners
      .filter((owner) => customIndex(owner, custom) >= 0)
      .map(({ name }) => ({
        path: ['schema', 0],
        message: `${name} has ${custom}, which is of data products`,
      })),
  );
}

function checkSilverNames(document: OdcsDocument): Fault[] {
  if (customValue(document, 'das.collector') === undefined) return [];
  const columns = silverColumns(document);
  // A link that is given twice is told of by checkLinks.
  const links = new Set(columns.flatMap(({ link, name }) => (link === undefined ? [] : [name])));
  const names = [...links, ...columns.filter(({ link }) => link === undefined).map(({ name }) => name)];
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => ({
    path: ['schema', 0, 'properties'],
    message: `two columns of SILVER would be named ${name}: rename a property that is called so, or whose path is`,
  }));
}

function checkCollector(document: OdcsDocument): Fault[] {
  const settings = customValue(document, 'das.collector');
  if (settings === undefined) return [];
  const at = ['customProperties', customIndex(document, 'das.collector'), 'value'];
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
  if (settings.source.kind === 's3' && settings.startFrom === 'latest') {
    const message =
      'an object is read from its first line: say earliest, and move what is not to be read elsewhere';
    faults.push({ path: [...at, 'startFrom'], message });
  }
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
function requiredPaths({ envelope, dedupeKeys, source }: Collector, at: Path) {
  return [
    ...Object.entries(envelope).map(([column, name]) => ({
      name,
      path: [...at, 'envelope', column],
      lands: READ.includes(column) ? CLEAR : COMPARED,
    })),
    ...dedupeKeys.map((name, index) => ({ name, path: [...at, 'dedupeKeys', index], lands: COMPARED })),
    ...('key' in source ? [{ name: source.key, path: [...at, 'source', 'key'], lands: COMPARED }] : []),
  ];
}

/** ODCS tells readers of the contract where the records are; a collector goes by das.collector. */
function checkServer({ servers, ...document }: OdcsDocument): Fault[] {
  const source = customValue(document, 'das.collector')?.source;
  if (source === undefined) return [];
  const index = servers.findIndex(({ type }) => type === source.kind);
  const server = servers[index];
  if (server !== undefined && namesPlace(server, source)) return [];
  const says = { kafka: 'no topic', kinesis: 'no stream', s3: 'no location below' }[source.kind];
  const place = source.kind === 's3' ? locationOf(source) : streamSource(source).log;
  return [
    {
      path: index < 0 ? ['servers'] : ['servers', index],
      message: `a server of type ${source.kind} names ${says} ${place}, which das.collector reads`,
    },
  ];
}

function namesPlace(server: OdcsDocument['servers'][number], source: DeclaredSource): boolean {
  if (source.kind === 's3') return String(server.location).startsWith(locationOf(source));
  const property = source.kind === 'kafka' ? 'topic' : 'stream';
  const said = server.customProperties?.find((custom) => custom.property === property)?.value;
  return said === streamSource(source).log;
}

function locationOf({ bucket, prefix }: DeclaredSource & { kind: 's3' }): string {
  return `s3://${bucket}/${prefix}`;
}

function checkRowAccess({ schema }: OdcsDocument): Fault[] {
  const [table] = schema;
  const access = table === undefined ? undefined : customValue(table, 'das.rowAccess');
  if (table === undefined || access === undefined) return [];
  const given = ['schema', 0, 'customProperties', customIndex(table, 'das.rowAccess'), 'value', 'columns'];
  return Object.entries(access.columns).flatMap(([argument, name]): Fault[] => {
    const path = [...given, argument];
    const guarded = propertyAt(table.properties, name);
    if (guarded === undefined)
      return [{ path, message: `${name} is not a property of the schema: row access would guard nothing` }];
    const protect = protectionOf(guarded);
    if (protect === 'clear') return [];
    return [{ path, message: `${name} lands by ${protect}: no row access policy could read it` }];
  });
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
