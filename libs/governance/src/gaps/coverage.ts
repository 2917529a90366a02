import {
  governedTables,
  isPersonal,
  isStream,
  toStreamContract,
  type AccessBook,
  type GovernedTable,
  type OdcsDocument,
} from '@das/contracts';
import { missingCells } from '../expectations/compare';
import type { TableExpectations } from '../expectations/expectation-file';

/** What is missing, by what it is. */
export const GAPS = {
  'no-mask': 'a personal column without a mask',
  'no-row-access': 'a table without row access',
  'no-expectation': 'a column without expectations',
  'role-never-expected': 'a role of which nothing is expected',
  'role-unknown': 'a role that is expected and does not exist',
} as const;

export interface Gap {
  readonly gap: keyof typeof GAPS;
  /** `DB.TIER.TABLE`, with `.COLUMN`; or a role. */
  readonly where: string;
  readonly message: string;
}

/** How far a domain is protected, and how far that is expected by hand. Stable: fields are only added. */
export interface DomainCoverage {
  readonly domain: string;
  /** Of SILVER and GOLD. */
  readonly tables: number;
  readonly personalColumns: number;
  readonly masked: number;
  /** Personal, and what landed is its own mask. */
  readonly protectedAtIngest: number;
  readonly tablesWithRowAccess: number;
  /** Role, column and environment, of GOLD. */
  readonly cells: number;
  readonly cellsExpected: number;
  readonly gaps: readonly Gap[];
}

/** By domain, in the order of their names. */
export function coverage(
  documents: readonly OdcsDocument[],
  access: AccessBook,
  expected: readonly TableExpectations[],
): readonly DomainCoverage[] {
  const tables = governedTables(documents);
  return [...new Set(tables.map(({ domain }) => domain))].sort().map((domain) => {
    const own = tables.filter((table) => table.domain === domain);
    const names = new Set(own.map(({ name }) => name.toLowerCase()));
    const expectedHere = expected.filter(({ table }) => names.has(table));
    return coverageOf(domain, own, kindsOfIngest(documents, domain), access, expectedHere);
  });
}

function coverageOf(
  domain: string,
  tables: readonly GovernedTable[],
  ingest: ReadonlySet<string>,
  access: AccessBook,
  expected: readonly TableExpectations[],
): DomainCoverage {
  const personal = tables.flatMap((table) =>
    table.columns.filter(isPersonal).map((column) => ({ table, column })),
  );
  const unmasked = personal.filter(({ column }) => column.mask === undefined);
  const bare = unmasked.filter(({ column }) => !ingest.has(column.kind ?? ''));
  const open = tables.filter(({ rowAccess }) => rowAccess === undefined);
  const missing = missingCells(expected, tables, access);
  const roles = Object.keys(access.roles);
  const gold = tables.filter(({ tier }) => tier === 'GOLD');
  return {
    domain,
    tables: tables.length,
    personalColumns: personal.length,
    masked: personal.length - unmasked.length,
    protectedAtIngest: unmasked.length - bare.length,
    tablesWithRowAccess: tables.length - open.length,
    cells: gold.reduce((sum, { columns }) => sum + columns.length, 0) * roles.length * 2,
    cellsExpected:
      gold.reduce((sum, { columns }) => sum + columns.length, 0) * roles.length * 2 - missing.length,
    gaps: [
      ...bare.map(({ table, column }) =>
        gap('no-mask', `${nameOf(table)}.${column.name}`, `is ${column.classification} and has no mask`),
      ),
      ...open.map((table) => gap('no-row-access', nameOf(table), 'shows all rows to whoever reads it')),
      ...columnGaps(gold, missing),
      ...roleGaps(roles, expected, gold.length > 0),
    ],
  };
}

function columnGaps(
  tables: readonly GovernedTable[],
  missing: ReturnType<typeof missingCells>,
): readonly Gap[] {
  return tables.flatMap((table) =>
    table.columns.flatMap(({ name }) => {
      const own = missing.filter(
        (cell) => cell.table === table.name.toLowerCase() && cell.column === name.toLowerCase(),
      );
      if (own.length === 0) return [];
      const roles = [...new Set(own.map(({ role }) => role))];
      const who = roles.length > 3 ? `${roles.length} roles` : roles.join(', ');
      const where = [...new Set(own.map(({ environment }) => environment))].join(' and ');
      return [gap('no-expectation', `${nameOf(table)}.${name}`, `is not expected of ${who} in ${where}`)];
    }),
  );
}

function roleGaps(
  roles: readonly string[],
  expected: readonly TableExpectations[],
  hasTables: boolean,
): readonly Gap[] {
  const named = new Set(expected.flatMap(({ cells }) => cells.map(({ role }) => role)));
  return [
    ...roles
      .filter((role) => hasTables && !named.has(role))
      .map((role) => gap('role-never-expected', role, 'is in roles.yaml, and no expectation names it')),
    ...[...named]
      .filter((role) => !roles.includes(role))
      .map((role) => gap('role-unknown', role, 'is expected to see something, and is not in roles.yaml')),
  ];
}

/** Kinds of which no clear value lands in a domain. */
function kindsOfIngest(documents: readonly OdcsDocument[], domain: string): ReadonlySet<string> {
  const phi = documents
    .filter((document) => document.domain === domain && isStream(document))
    .flatMap((document) => toStreamContract(document).phi);
  const clear = new Set(phi.filter(({ protect }) => protect === 'clear').map(({ kind }) => kind));
  return new Set(phi.map(({ kind }) => kind).filter((kind) => !clear.has(kind)));
}

function nameOf({ database, tier, name }: GovernedTable): string {
  return `${database}.${tier}.${name}`;
}

function gap(kind: Gap['gap'], where: string, says: string): Gap {
  return { gap: kind, where, message: `${where} ${says}` };
}
