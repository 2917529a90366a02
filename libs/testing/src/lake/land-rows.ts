import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import { claimsFilesV1, consentsEventsV1, encountersEventsV1 } from '@contracts/brook-health';
import { shipmentsEventsV1 } from '@contracts/brook-logistics';
import type { AuditRow, BronzeRow, RekeyRow } from '../oracle/refined/bronze-row';
import { tableOfDdl, type LakeTable } from './lake-columns';
import { LakeWriter } from './lake-writer';

/** The streams that can be landed, of each domain. */
export const DOMAINS = {
  brook_commerce: ['orders', 'auth'],
  brook_health: ['consents', 'encounters', 'claims'],
  brook_logistics: ['shipments'],
} as const;
export type DomainName = keyof typeof DOMAINS;

export const STREAMS = {
  orders: ordersEventsV1,
  auth: authEventsV1,
  consents: consentsEventsV1,
  encounters: encountersEventsV1,
  claims: claimsFilesV1,
  shipments: shipmentsEventsV1,
} as const;
export type StreamName = keyof typeof STREAMS;

/** A lake that grows: rows of BRONZE go into files by channel, as commits would have made them. */
export interface LandedLake {
  /** @returns the files that were written */
  land(stream: StreamName, rows: Iterable<BronzeRow>, rowsPerFile: number): Promise<readonly string[]>;
  audit(rows: readonly AuditRow[]): Promise<readonly string[]>;
  rekey(rows: readonly RekeyRow[]): Promise<readonly string[]>;
  close(): void;
}

/** Opens a lake with the tables of a domain, each still without a file. */
export async function openLandedLake(
  lake: string,
  domain: DomainName = 'brook_commerce',
): Promise<LandedLake> {
  const writer = await LakeWriter.open(lake);
  const streams = new Map<StreamName, LakeTable>(
    DOMAINS[domain].map((name) => {
      const { stream } = STREAMS[name];
      return [name, tableOfDdl(`bronze/${domain}/R__500_${domain}_${stream}.sql`)];
    }),
  );
  const tables = {
    audit: tableOfDdl(`ops/${domain}/R__510_${domain}_dead_letter_audit.sql`),
    rekey: tableOfDdl(`ops/${domain}/R__510_${domain}_token_rekeys.sql`),
  };
  [...streams.values(), ...Object.values(tables)].forEach((table) => {
    writer.claim(table);
  });
  /** Rows that a service adds, all at once. */
  const add = async (
    table: LakeTable,
    rows: readonly { readonly AT: string }[],
  ): Promise<readonly string[]> => {
    const last = rows.at(-1);
    if (last === undefined) return [];
    const channel = `das__${table.name.toLowerCase()}`;
    const stage = await writer.stage(table, channel);
    for (const row of rows) stage.append(row);
    return [await writer.commit(channel, '', new Date(last.AT))];
  };

  return {
    async land(stream, rows, rowsPerFile) {
      const table = streams.get(stream);
      if (table === undefined) throw new Error(`${domain} has no stream ${stream}`);
      const files: string[] = [];
      const lastOf = new Map<string, BronzeRow>();
      const commit = async (channel: string, last: BronzeRow): Promise<void> => {
        const token = `${last.SOURCE_OFFSET}~record-hash-1`;
        files.push(await writer.commit(channel, token, new Date(last.INGESTED_AT)));
        lastOf.delete(channel);
      };
      for (const row of rows) {
        const channel = channelOf(stream, row);
        const stage = await writer.stage(table, channel);
        stage.append(row);
        lastOf.set(channel, row);
        if (stage.size >= rowsPerFile) await commit(channel, row);
      }
      for (const [channel, last] of lastOf) await commit(channel, last);
      return files;
    },
    audit: async (rows) => add(tables.audit, rows),
    rekey: async (rows) => add(tables.rekey, rows),
    close() {
      writer.close();
    },
  };
}

function channelOf(stream: StreamName, { SOURCE, SOURCE_EPOCH, SOURCE_PARTITION }: BronzeRow): string {
  const kind = SOURCE.slice(0, SOURCE.lastIndexOf(':')).replaceAll(':', '-');
  return `${stream}-${kind}__${STREAMS[stream].stream}__${SOURCE_EPOCH}__${SOURCE_PARTITION}`;
}
