import { join } from 'node:path';
import { parseTables, readTables } from './ddl';

describe('the DDL reader', () => {
  it('reads the columns and passes over every other clause', () => {
    const sql = `
      -- CREATE TABLE "A"."B"."COMMENTED" ("X" VARCHAR);
      CREATE SCHEMA IF NOT EXISTS "DB"."S" COMMENT = 'CREATE TABLE x (y VARCHAR)';
      CREATE OR REPLACE TRANSIENT TABLE db.s.Plain (
        id INT NOT NULL, /* "NO" VARCHAR, */
        "Mixed ""case""" NUMBER(10, 2) NOT NULL COMMENT 'it''s (a, b)',
        at TIMESTAMP_TZ(9) DEFAULT CURRENT_TIMESTAMP() WITH TAG ("DB"."OPS"."C" = 'x, NOT NULL'),
        PRIMARY KEY (id)
      ) CLUSTER BY (TO_DATE(at)) ERROR_LOGGING = TRUE;
      CREATE TABLE IF NOT EXISTS "DB"."S"."SECOND" ("V" VARIANT);`;
    expect(parseTables(sql, 'f.sql')).toEqual([
      {
        database: 'DB',
        schema: 'S',
        name: 'PLAIN',
        columns: [
          { name: 'ID', kind: 'number', nullable: false, precision: 38, scale: 0 },
          { name: 'Mixed "case"', kind: 'number', nullable: false, precision: 10, scale: 2 },
          expect.objectContaining({ name: 'AT', kind: 'timestamp', nullable: true }),
        ],
      },
      expect.objectContaining({ name: 'SECOND' }),
    ]);
  });

  it.each([
    ['CREATE TABLE "S"."T" ("A" VARCHAR)', 'three parts'],
    ['CREATE TABLE "D"."S"."T" ("A" GEOGRAPHY)', 'f.sql: T.A: the type GEOGRAPHY is not supported'],
  ])('refuses %s', (sql, message) => {
    expect(() => parseTables(sql, 'f.sql')).toThrow(message);
  });

  it('reads the tables that the contracts generate', () => {
    const tables = readTables(join(__dirname, '..', '..', '..', 'sql', 'bronze'));
    expect(tables.length).toBeGreaterThan(0);
    for (const { columns } of tables) {
      expect(columns).toContainEqual(expect.objectContaining({ name: 'PAYLOAD', kind: 'variant' }));
    }
  });
});
