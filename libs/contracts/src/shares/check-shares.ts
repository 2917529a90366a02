import type { AccessBook } from '../access/access-book';
import { isSensitive } from '../check-governance';
import { isProduct } from '../contract-kind';
import { customIndex, customValue, type Share } from '../das-properties';
import { rawsOf, textOf } from '../diff/raw';
import type { Fault, Path } from '../finding';
import type { OdcsDocument, OdcsProperty, OdcsTable } from '../odcs';

/** Forms that a value of a person may leave in: a token would link what an account outside has to what others have. */
const STAYS = 'token';

const SERVED: readonly string[] = ['active', 'deprecated'];

/** What a contract lets other accounts read, and must not, or cannot be meant. */
export function checkShares(document: OdcsDocument, access: AccessBook): readonly Fault[] {
  const shares = customValue(document, 'das.shares') ?? [];
  const path = ['customProperties', customIndex(document, 'das.shares')];
  if (shares.length === 0) return [];
  if (!isProduct(document)) return [{ path, message: 'a stream is not shared: a product of GOLD is' }];
  return [
    ...whole(document).map((message) => ({ path, message })),
    ...shares.flatMap((share, index) => shareFaults(share, document, access, [...path, 'value', index])),
  ];
}

function whole({ status, servers }: OdcsDocument): readonly string[] {
  const schema = servers.find(({ type }) => type === 'snowflake')?.schema;
  return [
    ...(SERVED.includes(status) ? [] : [`is of a product that is ${status}: what is served alone is shared`]),
    ...(schema === 'GOLD' ? [] : [`is of ${schema ?? 'no schema'}: GOLD alone is shared`]),
  ];
}

/** What is announced to end is shared until then, and no longer. */
function endFaults({ expires }: Share, { slaProperties }: OdcsDocument, path: Path): readonly Fault[] {
  if (!isDay(expires)) return [{ path, message: 'is no day of the calendar' }];
  const end = slaProperties.find(({ property }) => property === 'endOfLife')?.value;
  if (end === undefined || expires <= String(end)) return [];
  return [{ path, message: `is after ${end}, when the product ends` }];
}

function shareFaults(share: Share, document: OdcsDocument, access: AccessBook, path: Path): readonly Fault[] {
  const at = document.schema.findIndex(({ name }) => name === share.table);
  const table = document.schema[at];
  return [
    ...whoFaults(share, path),
    ...approvalFaults(share, document, access, [...path, 'approved']),
    ...(customValue(document, 'das.purposes')?.includes(share.purpose) === true
      ? []
      : [{ path: [...path, 'purpose'], message: `${share.purpose} is none of das.purposes` }]),
    ...endFaults(share, document, [...path, 'expires']),
    ...(table === undefined
      ? [{ path: [...path, 'table'], message: `${share.table} is no table of this contract` }]
      : tableFaults(share, table, access, path)),
  ];
}

function whoFaults({ account, reader }: Share, path: Path): readonly Fault[] {
  if (account !== undefined || reader !== undefined) return [];
  return [{ path, message: 'says not who reads it: account, or reader' }];
}

function approvalFaults(
  { approved: { steward, security, on } }: Share,
  { team }: OdcsDocument,
  access: AccessBook,
  path: Path,
): readonly Fault[] {
  const stewards = rawsOf(team.members)
    .filter(({ role }) => role === 'steward')
    .map(({ username }) => textOf(username));
  const faults: Fault[] = [];
  if (!stewards.includes(steward))
    faults.push({
      path: [...path, 'steward'],
      message: `${steward} is no steward of it: ${stewards.join(', ')} is`,
    });
  if (!access.security.includes(security))
    faults.push({
      path: [...path, 'security'],
      message: `${security} does not approve for security: ${access.security.join(', ')} do`,
    });
  if (steward === security) faults.push({ path, message: 'one person approved twice' });
  if (!isDay(on)) faults.push({ path: [...path, 'on'], message: 'is no day of the calendar' });
  return faults;
}

function tableFaults(share: Share, table: OdcsTable, access: AccessBook, path: Path): readonly Fault[] {
  const faults: Fault[] = [];
  if (customValue(table, 'das.model')?.internal === true)
    faults.push({ path: [...path, 'table'], message: `${table.name} is internal: nobody is promised it` });
  faults.push(...rowFaults(share, table, access, path));
  for (const column of customValue(table, 'das.aggregation')?.entity ?? [])
    if (!share.columns.includes(column))
      faults.push({
        path: [...path, 'columns'],
        message: `${column} is missing: groups of ${table.name} are counted by it, for an account outside as for everybody`,
      });
  for (const [index, name] of share.columns.entries()) {
    const property = table.properties.find((one) => one.name === name);
    const message =
      property === undefined
        ? `is no column of ${table.name}`
        : share.columns.indexOf(name) < index
          ? 'is there twice'
          : columnFault(property);
    if (message !== undefined)
      faults.push({ path: [...path, 'columns', index], message: `${name} ${message}` });
  }
  return faults;
}

/** Which columns leave: no personal value that is not masked for somebody without a role. */
function columnFault(property: OdcsProperty): string | undefined {
  if (customValue(property, 'das.projection') !== undefined) return 'may be joined by, and not shown';
  if (!isSensitive(property)) return undefined;
  const mask = customValue(property, 'das.mask');
  if (mask === undefined) return `is ${property.classification} and has no mask: it would leave as it is`;
  return mask === STAYS
    ? `is ${property.classification} and masked as a token: a token that leaves links a person for ever`
    : undefined;
}

function rowFaults(share: Share, table: OdcsTable, access: AccessBook, path: Path): readonly Fault[] {
  const rows = customValue(table, 'das.rowAccess');
  const policy = rows && access.rowAccess.policies[rows.policy];
  // That there is none, somebody else says.
  if (rows === undefined || policy === undefined) return [];
  if (!knowsAccounts(rows.policy, access))
    return [
      {
        path: [...path, 'table'],
        message: `rows of ${table.name} are decided by ${rows.policy}, which knows no accounts: an account outside has no role, and would see no row`,
      },
    ];
  const column = table.properties.find(({ name }) => name === rows.columns.region);
  const known = column && customValue(column, 'das.enum');
  return share.regions.flatMap((region, index) =>
    region === '*' || known === undefined || known.includes(region)
      ? []
      : [{ path: [...path, 'regions', index], message: `${region} is no region: ${known.join(', ')} are` }],
  );
}

/** Of policies that are joined, all of them: a row is shown where each of them shows it. */
function knowsAccounts(name: string, { rowAccess: { policies, mappings } }: AccessBook): boolean {
  const { holds = [], mapping = [] } = policies[name] ?? {};
  if (holds.length > 0) return holds.every((part) => partKnows(policies[part]?.mapping ?? []));
  return partKnows(mapping);

  function partKnows(tables: readonly string[]): boolean {
    return tables.some((table) => mappings[table]?.from === 'shares');
  }
}

/** Texts of days sort as days do. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What a day makes wrong: a share has an end that is yet to come. @param today - `YYYY-MM-DD` */
export function checkShareDays(document: OdcsDocument, today: string): readonly Fault[] {
  const at = ['customProperties', customIndex(document, 'das.shares'), 'value'];
  return (customValue(document, 'das.shares') ?? []).flatMap(({ name, expires, approved }, index) => [
    ...(expires >= today
      ? []
      : [
          {
            path: [...at, index, 'expires'],
            message: `${name} has ended: take it out, or have it approved anew`,
          },
        ]),
    ...(approved.on <= today
      ? []
      : [{ path: [...at, index, 'approved', 'on'], message: `${approved.on} is yet to come` }]),
  ]);
}
