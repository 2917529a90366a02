import { isStream } from '../contract-kind';
import { customValue } from '../das-properties';
import { contractLineage } from '../graph/contract-lineage';
import { readersOf } from '../governed-tables';
import type { OdcsDocument, OdcsTable } from '../odcs';
import type { Classification } from '../stream-contract';
import { keyColumns } from '../table-key';
import { pageColumns, type PageColumn } from './page-columns';

export interface PageTable {
  /** `<DB>.<SCHEMA>.<TABLE>` */
  readonly name: string;
  readonly description: string;
  /** How Snowflake keeps it; null: a stream's, which collectors append to. */
  readonly materialized: string | null;
  /** No consumer is promised it. */
  readonly internal: boolean;
  readonly key: readonly string[];
  /** Which policy decides by which columns, for each of its arguments, who sees a row. */
  readonly rowAccess: { readonly policy: string; readonly columns: Readonly<Record<string, string>> } | null;
  readonly columns: readonly PageColumn[];
}

export interface Promised {
  readonly property: string;
  readonly value: string | number;
  readonly unit: string | null;
  /** Percentile and window, where the contract says how often it is kept. */
  readonly measured: string | null;
}

/** One contract, as somebody reads it who wants to use what it promises. */
export interface ContractPage {
  readonly name: string;
  readonly kind: 'stream' | 'product';
  readonly id: string;
  readonly version: string;
  readonly status: string;
  readonly domain: string;
  readonly purpose: string;
  readonly usage: string | null;
  readonly limitations: string | null;
  readonly classification: Classification;
  readonly team: { readonly name: string; readonly members: readonly TeamMember[] };
  readonly support: readonly string[];
  readonly tables: readonly PageTable[];
  readonly purposes: readonly string[];
  readonly readers: readonly string[];
  /** Who relies on it, and is told before it changes. */
  readonly consumers: readonly {
    readonly role: string;
    readonly purpose: string;
    readonly contact: string;
  }[];
  readonly promises: readonly Promised[];
  /** Contracts, topics and tables that it is made from, and contracts that are made of it: next to it only. */
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
  /** The contract that it follows, which is served until its end of life. */
  readonly replaces: string | null;
  readonly cost: { readonly monthlyCapUsd: number; readonly costCentre: string } | null;
}

interface TeamMember {
  readonly username: string;
  readonly role: string | null;
}

/** @param documents - all of them, for its lineage */
export function contractPage(document: OdcsDocument, documents: readonly OdcsDocument[]): ContractPage {
  const { id, name, version, status, domain, description } = document;
  const { nodes, edges } = contractLineage(documents);
  const tables = document.schema.map((table) => pageTable(table, document));
  return {
    name,
    kind: isStream(document) ? 'stream' : 'product',
    id,
    version,
    status,
    domain,
    purpose: description.purpose,
    usage: textOf(description.usage),
    limitations: textOf(description.limitations),
    classification: nodes.find((node) => node.name === name)?.classification ?? 'public',
    team: { name: document.team.name, members: membersOf(document.team.members) },
    support: document.support.map(({ channel, url }) => textOf(url) ?? channel),
    tables,
    purposes: customValue(document, 'das.purposes') ?? [],
    readers: readersOf(document),
    consumers: customValue(document, 'das.consumers') ?? [],
    promises: promisesOf(document),
    upstream: edges.filter(({ to }) => to === name).map(({ from }) => from),
    downstream: edges.filter(({ from }) => from === name).map(({ to }) => to),
    replaces: customValue(document, 'das.replaces') ?? null,
    cost: customValue(document, 'das.cost') ?? null,
  };
}

function pageTable(table: OdcsTable, document: OdcsDocument): PageTable {
  const server = document.servers.find(({ type }) => type === 'snowflake');
  const model = customValue(table, 'das.model');
  return {
    name: [server?.database, server?.schema, table.physicalName].join('.'),
    description: table.description.trim(),
    materialized: model?.materialized ?? null,
    internal: model?.internal === true,
    key: keyColumns(table.properties).map(({ name }) => name),
    rowAccess: customValue(table, 'das.rowAccess') ?? null,
    columns: pageColumns(table.properties, { isStream: isStream(document) }),
  };
}

function promisesOf(document: OdcsDocument): readonly Promised[] {
  const slo = customValue(document, 'das.slo');
  const measured: Readonly<Record<string, string | undefined>> = {
    freshness: slo && `for ${slo.freshness.percentile} % of events, over ${slo.freshness.window}`,
    completeness: slo && `over ${slo.completeness.window}`,
  };
  return document.slaProperties.map(({ property, value, unit }) => ({
    property,
    value,
    unit: unit ?? null,
    measured: measured[property] ?? null,
  }));
}

function membersOf(members: unknown): readonly TeamMember[] {
  if (!Array.isArray(members)) return [];
  return members.flatMap((member: { readonly username?: unknown; readonly role?: unknown } | null) => {
    const username = textOf(member?.username);
    return username === null ? [] : [{ username, role: textOf(member?.role) }];
  });
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.trim() : null;
}
