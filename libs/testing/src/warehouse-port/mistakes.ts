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

    it.each([
      `DELETE FROM ${T}`,
      `INSERT INTO ${T} ("ID") VALUES (2)`,
      `/* SELECT */ DROP TABLE ${T}`,
      `-- SELECT\nUPDATE ${T} SET "ID" = 2`,
      `SELECT 1 AS "A"; DELETE FROM ${T}`,
      'SET a = 1',
      '',
      '-- nothing',
    ])('reads, and does nothing else: %s', async (sql) => {
      await insert([{ id: 1 }]);
      await expect(query(sql)).rejects.toMatchObject({ kind: 'unknown' });
      expect(await query(`(SELECT "ID" FROM ${T});`)).toEqual([{ ID: 1 }]);
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
