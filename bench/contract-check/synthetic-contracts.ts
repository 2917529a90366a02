import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import {
  importContract,
  loadAccess,
  parseContracts,
  type ContractText,
  type OdcsDocument,
} from '@das/contracts';

const CONTRACTS = join(__dirname, '..', '..', 'contracts');
const PER_DOMAIN = 5;
const COLUMNS = 24;

/** Contracts by their path below `contracts/`: domains of a stream and four products of it each, of 24 columns. */
export function syntheticContracts(count: number): ReadonlyMap<string, string> {
  const access = loadAccess(CONTRACTS);
  const contracts = new Map<string, string>();
  let documents: readonly OdcsDocument[] = [];
  const add = (short: object): void => {
    const source: ContractText = { file: 'short.yaml', text: stringify(short) };
    const { path, text, open } = importContract(source, { documents, access });
    if (path === null || text === null)
      throw new Error(`a synthetic contract is not sound: ${open[0]?.message}`);
    contracts.set(path, text);
    const file = `contracts/${path}`;
    // Products are checked beside the stream that they are made from.
    if ('collectors' in short) documents = parseContracts([{ file, text }]);
  };
  for (let index = 0; index < count; index++) {
    const domain = Math.floor(index / PER_DOMAIN);
    const within = index % PER_DOMAIN;
    if (within === 0) documents = [];
    add(within === 0 ? streamOf(domain) : productOf(domain, within));
  }
  return contracts;
}

/** A new version of each product, with another description; in every fourth of them a column has another name, too. */
export function changed(contracts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...contracts].map(([path, text]) => {
      if (path.includes('events')) return [path, text];
      const told = text
        .replace('version: 1.0.0', 'version: 1.0.1')
        .replace('purpose: Made for', 'purpose: Changed for');
      return [
        path,
        path.includes('_4.')
          ? told.replace('name: value_1\n', 'name: worth_1\n').replace('VALUE_1\n', 'WORTH_1\n')
          : told,
      ];
    }),
  );
}

/** Writes them with the policies that there are, and with the roles that they need. */
export function writeContracts(folder: string, contracts: ReadonlyMap<string, string>): void {
  cpSync(join(CONTRACTS, 'policies'), join(folder, 'policies'), { recursive: true });
  cpSync(join(CONTRACTS, 'account.yaml'), join(folder, 'account.yaml'));
  const streams = [...contracts.keys()]
    .map((path) => /(\w+_events_v1)\.odcs/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  const collectors = streams.map((name) => [
    `COLLECTOR_${name.toUpperCase()}`,
    { kind: 'service', description: 'Appends to a stream.', collects: name },
  ]);
  const roles = {
    TRANSFORMER: {
      kind: 'service',
      description: 'Refreshes.',
      sees: 'everything',
      tiers: ['BRONZE', 'SILVER', 'GOLD', 'OPS'],
    },
    ANALYST_COMMERCE: { kind: 'functional', description: 'Analyses.', regions: ['*'] },
    ...(Object.fromEntries(collectors) as object),
  };
  writeFileSync(join(folder, 'roles.yaml'), stringify({ roles, security: ['security@brook.example'] }));
  for (const [path, text] of contracts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const shared = (domain: number) => ({
  description: 'Made for a measurement.',
  account: 'brook',
  domain_database: `BROOK_${domain}`,
  team: { name: 'bench', owner: 'owner@brook.example', steward: 'steward@brook.example' },
  support: 'https://chat.brook.example/bench',
  retention_policy: '30d',
  cost: { monthly_cap_usd: 100, cost_centre: 'bench' },
});

const controls = {
  purposes: ['order-analytics'],
  row_access: { policy: 'region', columns: { region: 'region' } },
};
const plain = {
  type: 'string',
  required: true,
  classification: 'internal',
  description: 'Made for a measurement.',
};
const values = (sourceOf?: (name: string) => string) =>
  Array.from({ length: COLUMNS - 5 }, (_, index) => {
    const name = `value_${index + 1}`;
    return { name, ...plain, ...(sourceOf === undefined ? {} : { source: sourceOf(name) }) };
  });

function streamOf(domain: number): object {
  const name = `d${domain}_events_v1`;
  const needed = ['event_id', 'event_type', 'schema_version', 'region'].map((column) => ({
    name: column,
    ...plain,
  }));
  const columns = [...needed, { name: 'event_ts', ...plain, type: 'timestamp' }, ...values()];
  return {
    ...shared(domain),
    name,
    schemas: [{ name, columns }],
    security_controls: controls,
    collectors: [
      {
        topic: `d${domain}.v1`,
        host: 'kafka.brook.example:9092',
        partitions: 3,
        format: 'json',
        key: 'event_id',
      },
    ],
    quality_slo: { freshness: '5m', completeness: 99 },
  };
}

function productOf(domain: number, within: number): object {
  const name = `d${domain}_product_${within}`;
  const of = (column: string): string => `d${domain}_events_v1.${column}`;
  const columns = [
    { name: 'event_id', ...plain, key: true, source: of('event_id') },
    { name: 'region', ...plain, source: of('region') },
    { name: 'seen_at', ...plain, type: 'timestamp', source: of('happened_at') },
    ...values(of),
  ];
  return {
    ...shared(domain),
    name,
    schemas: [{ name, frozen: { column: 'seen_at', after: 'P390D' }, columns }],
    security_controls: { ...controls, readers: ['ANALYST_COMMERCE'] },
    quality_slo: { freshness: '30m', completeness: 99 },
    lineage: { inputs: [`BROOK_${domain}.BRONZE.D${domain}_EVENTS_V1`] },
  };
}
