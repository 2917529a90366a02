import { checkProduct } from './check-product';
import { checkStream } from './check-stream';
import { isProduct, isStream } from './contract-kind';
import type { Fault, Path } from './finding';
import type { OdcsDocument, OdcsProperty } from './odcs';
import { retentionDays } from './service-level';

/** What no schema can see: that the parts of a contract agree with each other. */
export function crossCheck(document: OdcsDocument): Fault[] {
  return [
    ...checkKind(document),
    ...checkServer(document),
    ...checkRetention(document),
    ...checkTwins(document),
    ...checkDomain(document),
  ];
}

/** Folders of these names hold what is no domain. */
const RESERVED = ['generated', 'policies', 'approvals', 'expectations', 'node_modules'];

function checkDomain({ domain }: OdcsDocument): Fault[] {
  if (!RESERVED.includes(domain)) return [];
  return [{ path: ['domain'], message: `${domain} is the name of a folder that holds something else` }];
}

/** Of two with one name a reader takes the first and another one the last. */
function checkTwins(document: OdcsDocument): Fault[] {
  const faults: Fault[] = [];
  const unique = (path: Path, names: readonly string[]): void => {
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index)
        faults.push({ path: [...path, index], message: `${name} is there twice` });
  };
  unique(
    ['servers'],
    document.servers.map(({ server }) => server),
  );
  unique(
    ['servers'],
    document.servers.filter(({ type }) => type === 'snowflake').map(({ type }) => type),
  );
  unique(
    ['roles'],
    document.roles.map(({ role }) => role),
  );
  unique(
    ['slaProperties'],
    document.slaProperties.map(({ property }) => property),
  );
  unique(
    ['schema'],
    document.schema.map(({ name }) => name),
  );
  unique(
    ['schema'],
    document.schema.map(({ physicalName }) => physicalName),
  );
  for (const [index, { properties, quality = [] }] of document.schema.entries()) {
    unique(
      ['schema', index, 'quality'],
      quality.map(({ name }) => name),
    );
    propertyTwins(properties, ['schema', index, 'properties'], unique);
  }
  return faults;
}

function propertyTwins(
  properties: readonly OdcsProperty[],
  path: Path,
  unique: (path: Path, names: readonly string[]) => void,
): void {
  unique(
    path,
    properties.map(({ name }) => name),
  );
  unique(
    path,
    properties.map(({ name, physicalName }) => physicalName ?? name.toUpperCase()),
  );
  for (const [index, { properties: within = [], items }] of properties.entries()) {
    propertyTwins(within, [...path, index, 'properties'], unique);
    if (items !== undefined)
      propertyTwins(items.properties ?? [], [...path, index, 'items', 'properties'], unique);
  }
}

function checkKind(document: OdcsDocument): Fault[] {
  const path = ['customProperties'];
  const [stream, product] = [isStream(document), isProduct(document)];
  if (stream && product)
    return [{ path, message: 'das.collector and das.product are both there: a stream is no product' }];
  if (stream) return checkStream(document);
  if (product) return checkProduct(document);
  return [{ path, message: 'das.collector is missing (of a stream), or das.product (of a data product)' }];
}

function checkServer({ servers }: OdcsDocument): Fault[] {
  const snowflake = servers.find(({ type }) => type === 'snowflake');
  if (snowflake?.database !== undefined && snowflake.schema !== undefined) return [];
  return [{ path: ['servers'], message: 'a server of type snowflake with database and schema is missing' }];
}

function checkRetention(document: OdcsDocument): Fault[] {
  if (retentionDays(document) !== undefined) return [];
  return [
    {
      path: ['slaProperties'],
      message: 'a property retention with a whole number of days (unit d) is missing',
    },
  ];
}
