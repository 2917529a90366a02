import type { Path } from '../finding';
import type { ColumnMask } from '../product-contract';
import { CLASSIFICATIONS } from '../stream-contract';
import type { Decisions } from './decisions';
import { highest, importColumns, type Property } from './import-columns';
import { importCustom, type Named } from './import-custom';
import { importPromises } from './import-promises';
import { importSource } from './import-source';
import type { ShortForm, ShortTable } from './short-form';

interface DraftContext {
  readonly decisions: Decisions;
  /** Snowflake's, where other contracts name it. */
  readonly account: string | undefined;
  readonly domainMask: (kind: string) => ColumnMask | undefined;
}

/** An ODCS contract; a draft for as long as decisions are open, when `?` stands for what nobody said. */
export function draftContract(short: ShortForm, context: DraftContext) {
  const { decisions } = context;
  const need = <T>(value: T | undefined, meanwhile: T, path: Path, message: string): T =>
    decisions.need(value, meanwhile, path, message);
  const name = need(short.name, 'unnamed', ['name'], 'name is missing: of the stream or the product');
  const database = need(
    short.domain_database,
    'UNNAMED',
    ['domain_database'],
    'domain_database is missing: such as BROOK_COMMERCE',
  );
  const domain = database.toLowerCase();
  const [collector] = short.collectors ?? [];
  const place = collector && importSource(collector, decisions);
  const isStream = place !== undefined;
  const schema = need(
    short.schemas,
    [],
    ['schemas'],
    'schemas is missing: its tables, with their columns',
  ).map((table, index) => draftTable(table, ['schemas', index], { ...context, short, isStream }));
  checkClass(short, schema, decisions);
  const team = need(short.team, UNKNOWN_TEAM, ['team'], 'team is missing: its name, owner and steward');
  const support = need(
    short.support,
    '?',
    ['support'],
    'support is missing: the address where questions are answered',
  );
  return {
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: `${domain}-${name}`.replaceAll('_', '-'),
    name,
    version: decisions.or(short.version, '1.0.0', [], 'its version is 1.0.0, and it is a draft'),
    status: short.deprecation?.sunset === undefined ? 'draft' : 'deprecated',
    domain,
    dataProduct: name.replace(/_v\d+$/, ''),
    tags: isStream ? ['stream', 'bronze'] : ['product', 'gold'],
    description: {
      purpose: need(short.description, '?', ['description'], 'description is missing: what it is for'),
      ...(short.usage === undefined ? {} : { usage: short.usage }),
      ...(short.limitations === undefined ? {} : { limitations: short.limitations }),
    },
    schema,
    servers: draftServers(short, context, { database, place }),
    team: {
      name: team.name,
      members: [
        { username: team.owner, role: 'owner' },
        { username: team.steward, role: 'steward' },
      ],
    },
    support: [{ channel: team.name, url: support, tool: 'other', scope: 'interactive' }],
    roles: draftRoles(short, decisions, { name, isStream }),
    slaProperties: importPromises(short, decisions),
    customProperties: importCustom(short, decisions, { name, database, place }),
  };
}

const UNKNOWN_TEAM = { name: '?', owner: '?', steward: '?' };

interface TableContext extends DraftContext {
  readonly short: ShortForm;
  readonly isStream: boolean;
}

function draftTable(table: ShortTable, path: Path, { short, isStream, decisions, domainMask }: TableContext) {
  if (isStream && table.name !== short.name)
    decisions.leave(
      [...path, 'name'],
      `is named otherwise than the stream, which has one table: ${short.name ?? '?'}`,
    );
  const controls = short.security_controls;
  const rows = table.row_access ?? controls?.row_access;
  const rowAccess = decisions.need(
    rows,
    { policy: 'region', columns: { region: '?' } },
    path,
    'row_access is missing: the policy and the columns that decide who sees a row',
  );
  const model = {
    materialized: table.materialized ?? 'dynamic_table',
    frozen: table.frozen,
    internal: table.internal,
  };
  const { description = short.description } = table;
  return {
    name: table.name,
    physicalName: table.name.toUpperCase(),
    logicalType: 'object',
    physicalType: 'table',
    description: description ?? '?',
    customProperties: [
      { property: 'das.rowAccess', value: rowAccess },
      ...(isStream ? [] : [{ property: 'das.model', value: model }]),
    ],
    properties: importColumns(table.columns, [...path, 'columns'], {
      isStream,
      decisions,
      masking: controls?.masking ?? {},
      domainMask,
    }),
  };
}

/** Whoever wrote one class above all columns meant the most sensitive of them. */
function checkClass(
  { classification: said }: ShortForm,
  schema: readonly { readonly properties: readonly Property[] }[],
  decisions: Decisions,
): void {
  if (said === undefined || decisions.open.length > 0) return;
  const found = highest(schema.flatMap(({ properties }) => properties));
  const known = CLASSIFICATIONS.find((one) => one === said.toLowerCase());
  if (known === found) return;
  decisions.leave(
    ['classification'],
    `is ${said}, and its most sensitive column is ${found}: mend one of the two`,
  );
}

function draftServers(
  { account }: ShortForm,
  { decisions, account: known }: DraftContext,
  { database, place }: Omit<Named, 'name'>,
) {
  const snowflake = {
    server: 'snowflake',
    type: 'snowflake',
    environment: 'production',
    account: decisions.need(
      account ?? known,
      '?',
      ['account'],
      "account is missing: Snowflake's, which no contract names yet",
    ),
    database,
    schema: place === undefined ? 'GOLD' : 'BRONZE',
  };
  return place === undefined ? [snowflake] : [place.server, snowflake];
}

function draftRoles(
  { security_controls: controls }: ShortForm,
  decisions: Decisions,
  { name, isStream }: { readonly name: string; readonly isStream: boolean },
) {
  const refreshes = { role: 'TRANSFORMER', access: isStream ? 'read' : 'write' };
  const readers = (controls?.readers ?? []).map((role) => ({ role, access: 'read' }));
  if (!isStream) {
    if (controls?.readers === undefined)
      decisions.leave(['security_controls'], 'readers is missing: the roles that read it; [] is nobody');
    return [refreshes, ...readers];
  }
  const collector = `COLLECTOR_${name.toUpperCase()}`;
  if (readers.length > 0)
    decisions.leave(
      ['security_controls', 'readers'],
      'are of a stream, which people do not read: name them in products',
    );
  decisions.assumed.push({
    path: ['name'],
    message: `${collector} appends to it: roles.yaml needs that service role`,
  });
  return [{ role: collector, access: 'write' }, refreshes];
}
