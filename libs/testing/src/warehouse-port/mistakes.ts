import { eachWith, T, type OpenPort } from './port-warehouse';

/** What is told of a query that fails: names and places, and never a value. */
export function mistakes(name: string, open: OpenPort): void {
  describe(`the warehouse port, mistakes: ${name}`, () => {
    const { insert, query } = eachWith(open);

    it('names a table that does not exist as a matter of set-up, and quotes nothing', async () => {
      const failed = query(`SELECT 'a-secret' FROM "DB"."BRONZE"."NO_SUCH"`);
      await expect(failed).rejects.toMatchObject({ kind: 'setup', code: 'table_missing' });
      await expect(failed).rejects.not.toThrow(/secret/);
    });

    it.each([
      ['an unknown column', `SELECT "NO_SUCH" FROM ${T} WHERE "NAME" = 'a-secret'`, /NO_SUCH/],
      ['wrong syntax', `SELECT "ID" FROM ${T} WHERE WHERE "NAME" = 'a-secret'`, /syntax/],
      ['what is not grouped', `SELECT "ID", COUNT(*) AS "N" FROM ${T} WHERE "NAME" <> 'a-secret'`, /ID/],
    ])('tells of %s, so that it can be mended, and quotes no value', async (_, sql, told) => {
      const failure = await failureOf(query(sql));
      expect(failure.code).toBe('warehouse_sql');
      expect(failure.message).toMatch(told);
      expect(failure.message).not.toMatch(/secret/);
    });

    it('quotes nothing that was read', async () => {
      await insert([{ id: 1, name: 'a-secret' }]);
      const failure = await failureOf(query(`SELECT CAST("NAME" AS DECIMAL(38,0)) AS "N" FROM ${T}`));
      expect(failure.line).not.toMatch(/secret/);
    });

    it('asks for nothing but a SELECT where it can tell', async () => {
      await insert([{ id: 1 }]);
      await expect(query('')).rejects.toMatchObject({ kind: 'unknown' });
      expect(await query(`SELECT COUNT(*) AS "N" FROM ${T};`)).toEqual([{ N: 1 }]);
    });
  });
}

async function failureOf(asked: Promise<unknown>): Promise<{ code: string; message: string; line: string }> {
  return asked.then(
    () => {
      throw new Error('it was answered');
    },
    (thrown: unknown) => thrown as { code: string; message: string; line: string },
  );
}
