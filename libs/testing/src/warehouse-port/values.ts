import { eachWith, T, type OpenPort } from './port-warehouse';

/** Every type of value, there and back. */
export function values(name: string, open: OpenPort): void {
  describe(`the warehouse port, values: ${name}`, () => {
    const { insert, query, warehouse } = eachWith(open);

    it('returns values as the port promises', async () => {
      await insert([
        {
          id: 1,
          name: 'a',
          body: { b: [1, 'x'] },
          at: '2026-01-02T03:04:05.678Z',
          ok: true,
          amount: '12.30',
          items: [{ sku: 'A' }, 2],
        },
        { id: 2, ok: false },
      ]);
      const [full, empty] = await query(
        `SELECT "ID", "NAME", "BODY", "AT", "OK", "AMOUNT", CAST("AT" AS DATE) AS "DAY", "ITEMS" FROM ${T} ORDER BY "ID"`,
      );
      const { BODY, ITEMS, ...plain } = full ?? {};
      expect(plain).toEqual({
        ID: 1,
        NAME: 'a',
        AT: '2026-01-02T03:04:05.678Z',
        OK: true,
        AMOUNT: 12.3,
        DAY: '2026-01-02',
      });
      expect([BODY, ITEMS].map((json) => JSON.parse(String(json)) as unknown)).toEqual([
        { b: [1, 'x'] },
        [{ sku: 'A' }, 2],
      ]);
      expect(empty).toEqual({
        ID: 2,
        NAME: null,
        BODY: null,
        AT: null,
        OK: false,
        AMOUNT: null,
        DAY: null,
        ITEMS: null,
      });
    });

    it('loses no digit of a number, alone or within a VARIANT', async () => {
      await insert([
        { id: '9007199254740993', amount: '1234567890123456.78' },
        { id: '-9007199254740993', amount: '-0.05' },
        { id: 9_007_199_254_740_991, amount: '1234567890123.45' },
      ]);
      expect(await query(`SELECT "ID", "AMOUNT" FROM ${T} ORDER BY "ID"`)).toEqual([
        { ID: '-9007199254740993', AMOUNT: -0.05 },
        { ID: 9_007_199_254_740_991, AMOUNT: 1_234_567_890_123.45 },
        { ID: '9007199254740993', AMOUNT: '1234567890123456.78' },
      ]);
      await insert([{ id: 7, body: { n: 0.1, big: 'BIG' } }]);
      const [row] = await query(
        `SELECT REPLACE(CAST("BODY" AS VARCHAR), '"BIG"', '12345678901234567890') AS "J" FROM ${T} WHERE "ID" = 7`,
      );
      expect(String(row?.J)).toContain('12345678901234567890');
    });

    it('keeps a time stamp’s instant, whatever zone it was written in', async () => {
      await insert([
        { id: 1, at: '2026-03-29T01:30:00.001+02:00' },
        { id: 2, at: '1969-12-31T23:59:59.999Z' },
      ]);
      expect(await query(`SELECT "AT" FROM ${T} ORDER BY "ID"`)).toEqual([
        { AT: '2026-03-28T23:30:00.001Z' },
        { AT: '1969-12-31T23:59:59.999Z' },
      ]);
    });

    it('says which columns there are, also where there is no row', async () => {
      const answer = await warehouse().ask(
        `SELECT "ID", "NAME" AS "WHO", "BODY", "AT", "OK", "AMOUNT", CAST("AT" AS DATE) AS "DAY" FROM ${T} WHERE "ID" > 99`,
      );
      const rows: unknown[] = [];
      for await (const row of answer.rows) rows.push(row);
      await answer.close();
      expect([answer.columns, rows]).toEqual([
        [
          { name: 'ID', type: 'number' },
          { name: 'WHO', type: 'text' },
          { name: 'BODY', type: 'json' },
          { name: 'AT', type: 'time stamp' },
          { name: 'OK', type: 'boolean' },
          { name: 'AMOUNT', type: 'number' },
          { name: 'DAY', type: 'date' },
        ],
        [],
      ]);
    });

    it('keeps two columns of one name apart', async () => {
      const answer = await warehouse().ask(`SELECT 1 AS "A", 'x' AS "A"`);
      const rows: unknown[] = [];
      for await (const row of answer.rows) rows.push(row);
      await answer.close();
      expect([answer.columns.map((column) => column.name), rows]).toEqual([['A', 'A'], [[1, 'x']]]);
    });

    it('binds values, which are never part of the SQL', async () => {
      await insert([
        { id: 1, name: `o'x" ; ?`, at: '2026-01-01T00:00:00Z', ok: true, amount: '1.50' },
        { id: 2, name: 'b', at: '2026-01-02T00:00:00Z', ok: false, amount: '2.50' },
        { id: 3 },
      ]);
      expect(await query(`SELECT "ID" FROM ${T} WHERE "NAME" = ?`, [`o'x" ; ?`])).toEqual([{ ID: 1 }]);
      const since = `SELECT "ID" FROM ${T} WHERE "AT" > CAST(? AS TIMESTAMPTZ) AND "ID" >= ?`;
      expect(await query(since, ['2026-01-01T12:00:00Z', 1])).toEqual([{ ID: 2 }]);
      expect(await query(`SELECT "ID" FROM ${T} WHERE "OK" = ?`, [false])).toEqual([{ ID: 2 }]);
      expect(await query(`SELECT "ID" FROM ${T} WHERE "AMOUNT" < CAST(? AS DECIMAL(12,2))`, [1.75])).toEqual([
        { ID: 1 },
      ]);
      const orNull = `SELECT "ID" FROM ${T} WHERE "NAME" = CAST(? AS VARCHAR) OR CAST(? AS VARCHAR) IS NULL ORDER BY "ID"`;
      expect(await query(orNull, [null, 'x'])).toEqual([]);
      expect(await query(orNull, ['b', null])).toHaveLength(3);
      expect(await query(`SELECT "ID" FROM ${T} ORDER BY "ID" DESC LIMIT 2`)).toEqual([{ ID: 3 }, { ID: 2 }]);
    });
  });
}
