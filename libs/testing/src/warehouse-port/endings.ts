import { ENDLESS, eachWith, range, T, type OpenPort } from './port-warehouse';

const SOON_MS = 300;
const AT_ONCE_MS = 5_000;

/** Queries that do not run to their end. */
export function endings(name: string, open: OpenPort): void {
  describe(`the warehouse port, endings: ${name}`, () => {
    const { insert, query, warehouse } = eachWith(open);

    it('asks nothing once it is interrupted', async () => {
      const asked = query(`SELECT COUNT(*) AS "N" FROM ${T}`, [], AbortSignal.abort());
      await expect(asked).rejects.toMatchObject({ code: 'interrupted' });
    });

    it('ends a query that runs when it is interrupted, and answers the next', async () => {
      await insert(range(2_000));
      const startedMs = Date.now();
      const interruption = new AbortController();
      setTimeout(() => {
        interruption.abort();
      }, SOON_MS);
      await expect(query(ENDLESS, [], interruption.signal)).rejects.toMatchObject({
        kind: 'transient',
        code: 'interrupted',
      });
      expect(Date.now() - startedMs).toBeLessThan(SOON_MS + AT_ONCE_MS);
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T}`)).toEqual([{ N: 2_000 }]);
    });

    it('ends one whose rows are being read', async () => {
      await insert(range(1_000));
      const interruption = new AbortController();
      const rows = warehouse().query(`SELECT a."ID" FROM ${T} a, ${T} b WHERE b."ID" < 40`, [], {
        signal: interruption.signal,
      });
      let count = 0;
      const reading = (async () => {
        for await (const row of rows) if (row.ID !== undefined && ++count === 5_000) interruption.abort();
      })();
      await expect(reading).rejects.toMatchObject({ code: 'interrupted' });
      expect(count).toBe(5_000);
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T}`)).toEqual([{ N: 1_000 }]);
    });

    it('ends all that run when one signal says so', async () => {
      await insert(range(2_000));
      const interruption = new AbortController();
      const asked = Array.from({ length: 6 }, async () => query(ENDLESS, [], interruption.signal));
      setTimeout(() => {
        interruption.abort();
      }, SOON_MS);
      const codes = (await Promise.allSettled(asked)).map((result) =>
        result.status === 'rejected' ? (result.reason as { code: string }).code : 'answered',
      );
      expect(codes).toEqual(Array.from(asked, () => 'interrupted'));
    });
  });

  describe(`the warehouse port, with a second for each query: ${name}`, () => {
    const { insert, query } = eachWith(open, { timeoutSeconds: 1 });

    it('ends one that takes longer, and answers the next', async () => {
      await insert(range(2_000));
      const startedMs = Date.now();
      await expect(query(ENDLESS)).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_timeout' });
      const tookMs = Date.now() - startedMs;
      expect(tookMs).toBeGreaterThan(900);
      expect(tookMs).toBeLessThan(1_000 + AT_ONCE_MS);
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T}`)).toEqual([{ N: 2_000 }]);
    });
  });
}
