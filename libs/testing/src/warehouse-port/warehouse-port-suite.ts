import type { Row, Warehouse } from '@das/warehouse';

/** A warehouse that holds the table `"DB"."BRONZE"."T"` (ID NUMBER, NAME VARCHAR, BODY VARIANT, AT TIMESTAMP_TZ, OK BOOLEAN). */
export interface PortWarehouse {
  readonly warehouse: Warehouse;
  /** Adds rows; a value that is left out is null. */
  readonly insert: (
    rows: readonly {
      readonly id: number;
      readonly name?: string;
      readonly body?: unknown;
      readonly at?: string;
      readonly ok?: boolean;
    }[],
  ) => Promise<void>;
}

export async function allRows(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

const T = '"DB"."BRONZE"."T"';

/** What every Warehouse does. `open` makes one with an empty table, for each test anew. */
export function warehousePortSuite(name: string, open: () => Promise<PortWarehouse>): void {
  describe(`the warehouse port: ${name}`, () => {
    let port: PortWarehouse;
    beforeEach(async () => {
      port = await open();
    });
    afterEach(async () => {
      await port.warehouse.close();
    });
    const query = (...args: Parameters<Warehouse['query']>) => allRows(port.warehouse.query(...args));

    it('finds an empty table empty, and its columns known', async () => {
      expect(await query(`SELECT "ID", "NAME", "BODY", "AT", "OK" FROM ${T}`)).toEqual([]);
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T} WHERE "NAME" = ?`, ['a'])).toEqual([{ N: 0 }]);
    });

    it('returns values as the port promises', async () => {
      await port.insert([
        { id: 1, name: 'a', body: { b: [1, 'x'] }, at: '2026-01-02T03:04:05.678Z', ok: true },
        { id: 2 },
      ]);
      const rows = await query(`SELECT "ID", "NAME", "BODY", "AT", "OK" FROM ${T} ORDER BY "ID"`);
      expect(rows).toHaveLength(2);
      expect({ ...rows[0], BODY: JSON.parse(String(rows[0]?.BODY)) as unknown }).toEqual({
        ID: 1,
        NAME: 'a',
        BODY: { b: [1, 'x'] },
        AT: '2026-01-02T03:04:05.678Z',
        OK: true,
      });
      expect(rows[1]).toEqual({ ID: 2, NAME: null, BODY: null, AT: null, OK: null });
    });

    it('binds values, which are never part of the SQL', async () => {
      await port.insert([
        { id: 1, name: `o'x" ; ?`, at: '2026-01-01T00:00:00Z' },
        { id: 2, name: 'b', at: '2026-01-02T00:00:00Z' },
      ]);
      expect(await query(`SELECT "ID" FROM ${T} WHERE "NAME" = ?`, [`o'x" ; ?`])).toEqual([{ ID: 1 }]);
      const since = `SELECT "ID" FROM ${T} WHERE "AT" > CAST(? AS TIMESTAMPTZ) AND "ID" >= ?`;
      expect(await query(since, ['2026-01-01T12:00:00Z', 1])).toEqual([{ ID: 2 }]);
    });

    it('finds every text at a place, and null where there is none', async () => {
      await port.insert([
        { id: 1, body: { a: { 'b.c': 'x' }, list: [{ n: ['1', '2'] }, { n: ['3'] }, { m: 1 }] } },
        { id: 2, body: { a: 'y', list: [] } },
        { id: 3 },
      ]);
      const at = async (...path: readonly string[]) => {
        const place = { table: { database: 'DB', schema: 'BRONZE', name: 'T' }, column: 'BODY', path };
        const found = await query(
          `SELECT v."VALUE" FROM (${port.warehouse.textsAt(place)}) v ORDER BY "VALUE"`,
        );
        return found.map(({ VALUE }) => VALUE).filter((value) => value !== null);
      };
      expect(await at('a', 'b.c')).toEqual(['x']);
      expect(await at('list', '[]', 'n', '[]')).toEqual(['1', '2', '3']);
      expect(await at('nothing', '[]')).toEqual([]);
    });

    it('compares text as numbers where it is one', async () => {
      await port.insert([
        { id: 1, name: '9' },
        { id: 2, name: '10' },
        { id: 3, name: 'x' },
        { id: 4, name: '98765432109876543210' },
      ]);
      const sql = `SELECT "ID" FROM ${T} WHERE TRY_CAST("NAME" AS DECIMAL(38,0)) >= CAST(? AS DECIMAL(38,0)) ORDER BY "ID"`;
      expect(await query(sql, ['10'])).toEqual([{ ID: 2 }, { ID: 4 }]);
    });

    it('sees what was committed after it was opened', async () => {
      const count = async () => query(`SELECT COUNT(*) AS "N" FROM ${T}`);
      expect(await count()).toEqual([{ N: 0 }]);
      await port.insert([{ id: 1 }]);
      expect(await count()).toEqual([{ N: 1 }]);
      await port.insert([{ id: 2 }, { id: 3 }]);
      expect(await count()).toEqual([{ N: 3 }]);
    });

    it('answers two queries at once, and one that is left in the middle', async () => {
      await port.insert(Array.from({ length: 3_000 }, (_, id) => ({ id })));
      const outer = port.warehouse.query(`SELECT "ID" FROM ${T} ORDER BY "ID"`)[Symbol.asyncIterator]();
      expect((await outer.next()).value).toEqual({ ID: 0 });
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T}`)).toEqual([{ N: 3_000 }]);
      await outer.return?.();
      expect(await query(`SELECT MAX("ID") AS "M" FROM ${T}`)).toEqual([{ M: 2_999 }]);
    });

    it('names a table that does not exist as a matter of set-up, and quotes nothing', async () => {
      const failed = query(`SELECT 'a-secret' FROM "DB"."BRONZE"."NO_SUCH"`);
      await expect(failed).rejects.toMatchObject({ kind: 'setup', code: 'table_missing' });
      await expect(failed).rejects.not.toThrow(/secret/);
    });

    it('asks nothing once it is interrupted', async () => {
      const interruption = new AbortController();
      interruption.abort();
      const asked = query(`SELECT COUNT(*) AS "N" FROM ${T}`, [], { signal: interruption.signal });
      await expect(asked).rejects.toMatchObject({ code: 'interrupted' });
    });
  });
}
