import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eachWith, range, T, type OpenPort } from './port-warehouse';

const ROWS = 300;
const LOOK_EVERY = 10_000;
/** All rows at once would take several times as much. */
const MOST_BYTES = 24 * 1024 * 1024;

/** Results that are larger than what is to be held of them. */
export function streaming(name: string, open: OpenPort): void {
  describe(`the warehouse port, streaming: ${name}`, () => {
    const { insert, query, warehouse } = eachWith(open);

    it('returns rows in the order that was asked for, over many parts', async () => {
      await insert(range(ROWS));
      const rows = warehouse().query(
        `SELECT a."ID" * ${ROWS} + b."ID" AS "N" FROM ${T} a, ${T} b ORDER BY "N" DESC`,
      );
      let next = ROWS * ROWS;
      let misplaced = 0;
      for await (const { N } of rows) if (N !== --next) misplaced++;
      expect([next, misplaced]).toEqual([0, 0]);
    });

    it('holds a few rows of a large result, however many there are', async () => {
      await insert(range(ROWS));
      const collect = collector();
      const answer = await warehouse().ask(
        `SELECT a."ID" AS "A", b."ID" AS "B", CONCAT(REPEAT('x', 200), CAST(a."ID" * b."ID" AS VARCHAR)) AS "C" FROM ${T} a, ${T} b`,
      );
      collect();
      const before = process.memoryUsage().heapUsed;
      let count = 0;
      let most = 0;
      for await (const row of answer.rows) {
        count += row.length / 3;
        if (count % LOOK_EVERY !== 0) continue;
        collect();
        most = Math.max(most, process.memoryUsage().heapUsed - before);
      }
      expect(count).toBe(ROWS * ROWS);
      expect(most).toBeLessThan(MOST_BYTES);
    });

    it('answers two queries at once, and one that is left in the middle', async () => {
      await insert(range(3_000));
      const outer = warehouse().query(`SELECT "ID" FROM ${T} ORDER BY "ID"`)[Symbol.asyncIterator]();
      expect((await outer.next()).value).toEqual({ ID: 0 });
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T}`)).toEqual([{ N: 3_000 }]);
      await outer.return?.();
      expect(await query(`SELECT MAX("ID") AS "M" FROM ${T}`)).toEqual([{ M: 2_999 }]);
    });

    it('answers more queries than it runs at once', async () => {
      await insert(range(10));
      const asked = Array.from({ length: 12 }, async (_, id) =>
        query(`SELECT "ID" FROM ${T} WHERE "ID" = ?`, [id]),
      );
      const found = await Promise.all(asked);
      expect(found.flat()).toEqual(range(10).map(({ id }) => ({ ID: id })));
    });

    it('closes an answer that nobody read, and goes on', async () => {
      await insert(range(3_000));
      for (let times = 0; times < 10; times++) {
        const answer = await warehouse().ask(`SELECT a."ID" FROM ${T} a, ${T} b WHERE b."ID" < 20`);
        await answer.close();
        await answer.close();
      }
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T}`)).toEqual([{ N: 3_000 }]);
    });
  });
}

/** Collects garbage, so that what is counted is held. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
