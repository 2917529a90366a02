import { join } from 'node:path';
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { StreamContract } from '@das/contracts';

/** What is published of a run: where, and how much of it. */
export interface PublishedSnapshot {
  readonly folder: string;
  /** Rows by `DB.SCHEMA.TABLE`. */
  readonly tables: Readonly<Record<string, number>>;
  /** That gated the publication. */
  readonly tests: { readonly passed: number; readonly failed: number };
}

/** @returns undefined as long as nothing is published */
export function readSnapshot(refined: string): PublishedSnapshot | undefined {
  const current = join(refined, 'published', 'current');
  if (statSync(current, { throwIfNoEntry: false }) === undefined) return undefined;
  const folder = realpathSync(current);
  const { tables, tests } = JSON.parse(
    readFileSync(join(folder, 'manifest.json'), 'utf8'),
  ) as PublishedSnapshot;
  return { folder, tables, tests };
}

/** Rows of the tables of a domain's schema. */
export function tablesOf(
  { tables }: PublishedSnapshot,
  schema: 'SILVER' | 'GOLD',
  domain: string,
): Readonly<Record<string, number>> {
  const prefix = `${domain.toUpperCase()}.${schema}.`;
  return Object.fromEntries(Object.entries(tables).filter(([name]) => name.startsWith(prefix)));
}

/** Asks a snapshot, as any reader does: through DuckDB, read-only, each database by its own name. */
export async function withSnapshot<T>(
  { folder }: PublishedSnapshot,
  use: (db: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.duckdb')))
      await db.run(
        `ATTACH '${text(join(folder, file))}' AS "${file.slice(0, -'.duckdb'.length)}" (READ_ONLY)`,
      );
    await db.run("SET TimeZone = 'UTC'");
    return await use(db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

/** Files of a stream's BRONZE that the published SILVER was not made of. */
export async function filesAhead(
  snapshot: PublishedSnapshot,
  lake: string,
  contract: StreamContract,
): Promise<number> {
  return withSnapshot(snapshot, async (db) => {
    const files = filesIn(lake, contract);
    const listed = await db.runAndReadAll(
      `SELECT count(*) FROM glob('${text(join(files.folder, files.pattern))}') AS found
       WHERE substr(file, ${files.folder.length + 2}) NOT IN (
         SELECT "FILE" FROM ${consumedFiles(contract)} WHERE "MODEL" = '${silverName(contract)}')`,
    );
    return Number(listed.getRows()[0]?.[0] ?? 0);
  });
}

export function filesIn(
  lake: string,
  { table }: StreamContract,
): { readonly folder: string; readonly pattern: string } {
  return { folder: join(lake, table.database, table.schema, table.name), pattern: '*/*/*.parquet' };
}

export function consumedFiles({ table }: StreamContract): string {
  return `"${table.database}"."OPS"."CONSUMED_FILES"`;
}

/** SILVER has one table for all versions of a stream. */
export function silverName({ table }: StreamContract): string {
  return table.name.replace(/_V\d+$/, '');
}

/** Within quotes in SQL. */
export function text(value: string): string {
  return value.replaceAll("'", "''");
}
