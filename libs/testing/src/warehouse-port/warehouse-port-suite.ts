import type { Row, Warehouse } from '@das/warehouse';
import { endings } from './endings';
import { mistakes } from './mistakes';
import { T, type OpenPort, type PortWarehouse } from './port-warehouse';
import { streaming } from './streaming';
import { values } from './values';

export async function allRows(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** What every Warehouse does. `open` makes one with an empty table, for each test anew. */
export function warehousePortSuite(name: string, open: OpenPort): void {
  describe(`the warehouse port: ${name}`, () => {
    let port: PortWarehouse;
    beforeEach(async () => {
      port = await open({});
    });
    afterEach(async () => {
      await port.warehouse.close();
    });
    const query = (...args: Parameters<Warehouse['query']>) => allRows(port.warehouse.query(...args));

    it('finds an empty table empty, and its columns known', async () => {
      expect(await query(`SELECT "ID", "NAME", "BODY", "AT", "OK" FROM ${T}`)).toEqual([]);
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T} WHERE "NAME" = ?`, ['a'])).toEqual([{ N: 0 }]);
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
        { id: 4, name: '987654321098765432' },
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
  });
  values(name, open);
  streaming(name, open);
  endings(name, open);
  mistakes(name, open);
}
