import { checkCarriedRows } from '../check-carried';
import { customIndex, customValue } from '../das-properties';
import type { Fault, Path } from '../finding';
import type { OdcsDocument, OdcsProperty } from '../odcs';
import { checkShares } from '../shares/check-shares';
import type { AccessBook } from './access-book';
import type { Role } from './roles';

/** What is wrong with the roles: each for itself, and with the streams that there are. */
export function checkRoles(access: AccessBook, documents: readonly OdcsDocument[]): readonly Fault[] {
  const streams = documents.map(({ name }) => name);
  const entries = Object.entries(access.roles);
  const all = entries.filter(([, { sees }]) => sees !== undefined);
  const faults = entries.flatMap(([name, role]) =>
    roleFaults(role, { streams, mappings: Object.keys(access.rowAccess.mappings) }).map(
      ({ path, message }) => ({
        path: ['roles', name, ...path],
        message,
      }),
    ),
  );
  if (all.length !== 1)
    faults.push({
      path: ['roles'],
      message: `${all.length} roles see everything: one does, which refreshes`,
    });
  return faults;
}

interface Known {
  readonly streams: readonly string[];
  readonly mappings: readonly string[];
}

function roleFaults(role: Role, { streams, mappings }: Known): readonly Fault[] {
  const faults: Fault[] = [];
  const fault = (path: Path, message: string): void => void faults.push({ path, message });
  const isService = role.kind === 'service';
  if (role.sees !== undefined && !isService)
    fault(['sees'], 'is for a service alone: no person sees everything');
  if (role.collects !== undefined && !isService) fault(['collects'], 'is for a service alone');
  for (const tier of ['BRONZE', 'SILVER'] as const)
    if (role.tiers.includes(tier) && !isService)
      fault(['tiers'], `${tier} is read by services alone: people read products`);
  if (role.tiers.includes('GOLD') && role.sees === undefined)
    fault(
      ['tiers'],
      'GOLD as a whole is read by the role that refreshes: contracts name the readers of a product',
    );
  if (role.kind === 'emergency' && role.lasts === undefined)
    fault([], 'is for emergencies and needs lasts: how long it is granted for at a time');
  if (role.kind === 'emergency' && role.lasts !== undefined && !/^PT[1-9]\d?H$/.test(role.lasts))
    fault(['lasts'], 'is whole hours, such as PT4H');
  if (role.collects !== undefined && !streams.includes(role.collects))
    fault(['collects'], 'is no stream of a contract');
  if (role.collects !== undefined && (role.tiers.length > 0 || role.regions.length > 0))
    fault([], 'appends to a stream, and so reads nothing: take its tiers and regions away');
  for (const [index, table] of role.writes.entries())
    if (!mappings.includes(table))
      fault(['writes', index], `${table} is no mapping table of policies/row-access.yaml`);
  return faults;
}

/** What a contract says of roles and policies that are not there, or cannot be meant, and rows that it keeps less than others. */
export function checkContractAccess(
  document: OdcsDocument,
  access: AccessBook,
  documents: readonly OdcsDocument[],
): readonly Fault[] {
  const faults: Fault[] = [
    ...checkCarriedRows(document, documents, access.rowAccess),
    ...checkShares(document, access),
  ];
  for (const [index, { role, access: right }] of document.roles.entries()) {
    const path = ['roles', index];
    const known = access.roles[role];
    if (known === undefined) faults.push({ path, message: `${role} is no role of roles.yaml` });
    else if (right === 'write' && known.kind !== 'service')
      faults.push({ path, message: `${role} is held by people, who write nothing` });
    else if (right === 'read' && known.collects !== undefined)
      faults.push({ path, message: `${role} appends to a stream, and reads nothing` });
  }
  for (const [index, table] of document.schema.entries()) {
    const path = ['schema', index];
    faults.push(...rowAccessFaults(document, table, access, path), ...aggregationFaults(table, access, path));
    for (const [at, property] of table.properties.entries())
      faults.push(
        ...clearFaults(property, [...path, 'properties', at], access),
        ...projectionFaults(property, access, [...path, 'properties', at]),
      );
  }
  return faults;
}

function rowAccessFaults(
  document: OdcsDocument,
  table: OdcsDocument['schema'][number],
  access: AccessBook,
  path: Path,
): readonly Fault[] {
  const rows = customValue(table, 'das.rowAccess');
  if (rows === undefined) return [];
  const at = [...path, 'customProperties', customIndex(table, 'das.rowAccess')];
  const policy = access.rowAccess.policies[rows.policy];
  if (policy === undefined) {
    const known = Object.keys(access.rowAccess.policies).join(', ');
    return [{ path: at, message: `${rows.policy} is no policy of policies/row-access.yaml: ${known} are` }];
  }
  const [needed, given] = [Object.keys(policy.arguments), Object.keys(rows.columns)];
  if (needed.join() !== given.join())
    return [
      {
        path: at,
        message: `${rows.policy} decides by ${needed.join(' and ')}, and is given ${given.join(' and ')}: name each, in this order`,
      },
    ];
  const types = typeFaults(table, rows.columns, policy.arguments, at);
  if (types.length > 0 || rows.policy !== 'region') return types;
  return document.roles
    .filter(({ role, access: right }) => right === 'read' && sees(access.roles[role]) === 'nothing')
    .map(({ role }) => ({
      path: at,
      message: `${role} reads ${table.name} and has no regions in roles.yaml: it would see no row`,
    }));
}

/** A product's columns have Snowflake's types; a stream's get theirs in SILVER, where nobody is asked. */
function typeFaults(
  { properties }: OdcsDocument['schema'][number],
  columns: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
  at: Path,
): readonly Fault[] {
  return Object.entries(columns).flatMap(([argument, name]): readonly Fault[] => {
    const type = properties.find((property) => property.name === name)?.physicalType?.replace(/\(.*/, '');
    if (type === undefined || type === wanted[argument]) return [];
    return [
      {
        path: [...at, 'value', 'columns', argument],
        message: `${name} is ${type}, and the policy takes ${wanted[argument] ?? 'nothing'} as its ${argument}`,
      },
    ];
  });
}

function aggregationFaults(
  table: OdcsDocument['schema'][number],
  { constraints }: AccessBook,
  path: Path,
): readonly Fault[] {
  const given = customValue(table, 'das.aggregation');
  const at = [...path, 'customProperties', customIndex(table, 'das.aggregation')];
  return given === undefined ? [] : constraintFaults(given.policy, constraints.aggregation, at);
}

function projectionFaults(property: OdcsProperty, { constraints }: AccessBook, path: Path): readonly Fault[] {
  const given = customValue(property, 'das.projection');
  const at = [...path, 'customProperties', customIndex(property, 'das.projection')];
  return given === undefined ? [] : constraintFaults(given, constraints.projection, at);
}

function constraintFaults(
  name: string,
  known: Readonly<Record<string, unknown>>,
  path: Path,
): readonly Fault[] {
  if (known[name] !== undefined) return [];
  const message = `${name} is no such constraint of policies/constraints.yaml: ${Object.keys(known).join(', ')} are`;
  return [{ path, message }];
}

function sees(role: Role | undefined): 'something' | 'nothing' {
  return role === undefined || role.sees !== undefined || role.regions.length > 0 ? 'something' : 'nothing';
}

function clearFaults(property: OdcsProperty, path: Path, access: AccessBook): readonly Fault[] {
  const own = (customValue(property, 'das.clearFor') ?? [])
    .filter((role) => access.roles[role] === undefined)
    .map((role) => ({ path, message: `${role} in das.clearFor is no role of roles.yaml` }));
  const within = (property.properties ?? []).flatMap((child, index) =>
    clearFaults(child, [...path, 'properties', index], access),
  );
  const items = property.items === undefined ? [] : clearFaults(property.items, [...path, 'items'], access);
  return [...own, ...within, ...items];
}
