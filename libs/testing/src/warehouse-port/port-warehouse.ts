import type { Bind, Row, Warehouse } from '@das/warehouse';

/** A row to insert; a value that is left out is null. Numbers beyond what a double holds are given as text. */
export interface PortRow {
  readonly id: number | string;
  readonly name?: string;
  readonly body?: unknown;
  readonly at?: string;
  readonly ok?: boolean;
  readonly amount?: string;
  readonly items?: readonly unknown[];
}

/**
 * A warehouse that holds the table `"DB"."BRONZE"."T"`: ID NUMBER(18,0), NAME VARCHAR, BODY VARIANT, AT TIMESTAMP_TZ,
 * OK BOOLEAN, AMOUNT NUMBER(18,2), ITEMS ARRAY.
 */
export interface PortWarehouse {
  readonly warehouse: Warehouse;
  readonly insert: (rows: readonly PortRow[]) => Promise<void>;
}

/** Opens one anew. */
export type OpenPort = (options: { readonly timeoutSeconds?: number }) => Promise<PortWarehouse>;

export const T = '"DB"."BRONZE"."T"';

/** Takes longer than anybody waits, over a few thousand rows. */
export const ENDLESS =
  `SELECT COUNT(*) AS "N" FROM ${T} a, ${T} b, ${T} c, ${T} d ` +
  `WHERE MD5(CAST(a."ID" * 7 + b."ID" * 5 + c."ID" * 3 + d."ID" AS VARCHAR)) = 'none'`;

export function range(count: number): readonly PortRow[] {
  return Array.from({ length: count }, (_, id) => ({ id }));
}

/** A warehouse for each test, and how it is asked. */
export function eachWith(open: OpenPort, options: Parameters<OpenPort>[0] = {}) {
  let port: PortWarehouse | undefined;
  beforeEach(async () => {
    port = await open(options);
  });
  afterEach(async () => {
    await port?.warehouse.close();
  });
  const current = (): PortWarehouse => {
    if (port === undefined) throw new Error('nothing is open');
    return port;
  };
  return {
    insert: async (rows: readonly PortRow[]): Promise<void> => current().insert(rows),
    warehouse: (): Warehouse => current().warehouse,
    query: async (
      sql: string,
      binds: readonly Bind[] = [],
      signal?: AbortSignal,
    ): Promise<readonly Row[]> => {
      const rows: Row[] = [];
      const asked = current().warehouse.query(sql, binds, signal === undefined ? {} : { signal });
      for await (const row of asked) rows.push(row);
      return rows;
    },
  };
}
