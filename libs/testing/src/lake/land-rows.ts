import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { AuditRow, BronzeRow, RekeyRow } from '../oracle/refined/bronze-row';
import { tableOfDdl, type LakeTable } from './lake-columns';
import { LakeWriter, type LakeRow } from './lake-writer';

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
    orders: tableOfDdl('bronze/brook_commerce/orders_events_v1.sql'),
    auth: tableOfDdl('bronze/brook_commerce/auth_events_v1.sql'),
    audit: tableOfDdl('ops/brook_commerce/dead_letter_audit.sql'),
    rekey: tableOfDdl('ops/brook_commerce/token_rekeys.sql'),
  };
  Object.values(tables).forEach((table) => {
    writer.claim(table);
  });
  let sequence = 0;
  const commit = async (
    table: LakeTable,
    channel: string,
    token: string,
    at: string,
    rows: readonly LakeRow[],
  ): Promise<string> =>
    writer.commit(table, { channel, sequence: ++sequence, token, at: new Date(at) }, rows);
  const service = async (
    table: LakeTable,
    rows: readonly { readonly AT: string }[],
  ): Promise<readonly string[]> =>
    rows.length === 0 ? [] : [await commit(table, 'das__1', '', rows.at(-1)?.AT ?? '', rows)];

  return {
    async land(stream, rows, rowsPerFile) {
      const files: string[] = [];
      const open = new Map<string, BronzeRow[]>();
      const flush = async (channel: string, batch: readonly BronzeRow[]): Promise<void> => {
        const last = batch.at(-1);
        if (last === undefined) return;
        const token = `${last.SOURCE_OFFSET}~record-hash-1`;
        files.push(await commit(tables[stream], channel, token, last.INGESTED_AT, batch));
      };
      for (const row of rows) {
        const channel = channelOf(stream, row);
        let batch = open.get(channel);
        if (batch === undefined) open.set(channel, (batch = []));
        batch.push(row);
        if (batch.length < rowsPerFile) continue;
        await flush(channel, batch);
        open.delete(channel);
      }
      for (const [channel, batch] of open) await flush(channel, batch);
      return files;
    },
    audit: async (rows) => service(tables.audit, rows),
    rekey: async (rows) => service(tables.rekey, rows),
    close() {
      writer.close();
    },
  };
}

function channelOf(stream: StreamName, { SOURCE, SOURCE_EPOCH, SOURCE_PARTITION }: BronzeRow): string {
  const kind = SOURCE.slice(0, SOURCE.lastIndexOf(':')).replaceAll(':', '-');
  return `${stream}-${kind}__${STREAMS[stream].stream}__${SOURCE_EPOCH}__${SOURCE_PARTITION}`;
}
