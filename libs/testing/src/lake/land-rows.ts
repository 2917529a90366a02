import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { AuditRow, BronzeRow, RekeyRow } from '../oracle/refined/bronze-row';
import { tableOfDdl, type LakeTable } from './lake-columns';
import { LakeWriter } from './lake-writer';

/** The streams of BROOK_COMMERCE. */
export const STREAMS = { orders: ordersEventsV1, auth: authEventsV1 } as const;
export type StreamName = keyof typeof STREAMS;

/** A lake that grows: rows of BRONZE go into files by channel, as commits would have made them. */
export interface LandedLake {
  /** @returns the files that were written */
  land(stream: StreamName, rows: Iterable<BronzeRow>, rowsPerFile: number): Promise<readonly string[]>;
  audit(rows: readonly AuditRow[]): Promise<readonly string[]>;
  rekey(rows: readonly RekeyRow[]): Promise<readonly string[]>;
  close(): void;
}

/** Opens a lake with the four tables of BROOK_COMMERCE, each still without a file. */
export async function openLandedLake(lake: string): Promise<LandedLake> {
  const writer = await LakeWriter.open(lake);
  const tables = {
    orders: tableOfDdl('bronze/brook_commerce/R__500_brook_commerce_orders_events_v1.sql'),
    auth: tableOfDdl('bronze/brook_commerce/R__500_brook_commerce_auth_events_v1.sql'),
    audit: tableOfDdl('ops/brook_commerce/R__510_brook_commerce_dead_letter_audit.sql'),
    rekey: tableOfDdl('ops/brook_commerce/R__510_brook_commerce_token_rekeys.sql'),
  };
  Object.values(tables).forEach((table) => {
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
      const files: string[] = [];
      const lastOf = new Map<string, BronzeRow>();
      const commit = async (channel: string, last: BronzeRow): Promise<void> => {
        const token = `${last.SOURCE_OFFSET}~record-hash-1`;
        files.push(await writer.commit(channel, token, new Date(last.INGESTED_AT)));
        lastOf.delete(channel);
      };
      for (const row of rows) {
        const channel = channelOf(stream, row);
        const stage = await writer.stage(tables[stream], channel);
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
