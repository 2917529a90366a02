import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { UsageError } from './options';
import type { RowText } from './row-reader';
import type { Column, Table } from './table';

/** Writes rows as Parquet files, one at a time. */
export class ParquetWriter {
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly db: DuckDBConnection,
  ) {}

  /**
   * @param lock - a database file that is held while the writer is open: DuckDB lets one process in, and the
   * kernel lets go of it however that process ends. No row is ever in it.
   * @throws UsageError when another process holds it
   */
  static async open(lock: string): Promise<ParquetWriter> {
    const instance = await DuckDBInstance.create(lock, { threads: '1' }).catch((error: unknown) => {
      if (!String(error).includes('lock')) throw error;
      throw new UsageError(`another local-snowpipe holds ${lock}: stop it, or choose another --lake`);
    });
    const db = await instance.connect();
    await db.run("SET TimeZone = 'UTC'");
    return new ParquetWriter(instance, db);
  }

  /**
   * @param rows - read when their turn comes, so that only one file's are in memory
   * @returns how many rows the file holds; left out are those with a text that a column's type does not take
   * @throws Error when the file cannot be written; it may then be there in part
   */
  async write(path: string, table: Table, rows: Iterable<RowText>): Promise<number> {
    const mine = this.turn.then(() => this.writeNow(path, table.columns, rows));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  close(): void {
    this.db.closeSync();
    this.instance.closeSync();
  }

  private async writeNow(path: string, columns: readonly Column[], rows: Iterable<RowText>): Promise<number> {
    await this.stage(columns, rows);
    const select = columns.map((column) => `${cast('CAST', column)} AS ${quote(column)}`).join(', ');
    try {
      await this.copy(path, `SELECT ${select} FROM stage`);
    } catch {
      // A value that no type takes, or no disk: what follows mends the former and fails for the latter.
      const fits = columns.map(
        (column) => `(${quote(column)} IS NULL OR ${cast('TRY_CAST', column)} IS NOT NULL)`,
      );
      await this.db.run(`DELETE FROM stage WHERE NOT (${fits.join(' AND ')})`);
      await this.copy(path, `SELECT ${select} FROM stage`);
    }
    const [[count] = []] = (await this.db.runAndReadAll('SELECT count(*) FROM stage')).getRows();
    return Number(count);
  }

  private async stage(columns: readonly Column[], rows: Iterable<RowText>): Promise<void> {
    const texts = columns.map((column) => `${quote(column)} VARCHAR`);
    await this.db.run(`CREATE OR REPLACE TEMP TABLE stage (${texts.join(', ')})`);
    const appender = await this.db.createAppender('stage');
    for (const row of rows) {
      for (const text of row) {
        if (text === null) appender.appendNull();
        else appender.appendVarchar(text);
      }
      appender.endRow();
    }
    appender.closeSync();
  }

  private async copy(path: string, select: string): Promise<void> {
    const target = `'${path.replaceAll("'", "''")}'`;
    await this.db.run(`COPY (${select}) TO ${target} (FORMAT parquet, COMPRESSION zstd)`);
  }
}

function duckType({ kind, precision, scale }: Column): string {
  switch (kind) {
    case 'text':
      return 'VARCHAR';
    case 'boolean':
      return 'BOOLEAN';
    case 'timestamp':
      return 'TIMESTAMPTZ';
    case 'number':
      return scale === 0 && precision <= 18 ? 'BIGINT' : `DECIMAL(${precision}, ${scale})`;
    case 'variant':
    case 'array':
    case 'object':
      // JSON is text with a mark: it is stored as it came.
      return 'JSON';
  }
}

function cast(how: 'CAST' | 'TRY_CAST', column: Column): string {
  return `${how}(${quote(column)} AS ${duckType(column)})`;
}

function quote({ name }: Column): string {
  return `"${name.replaceAll('"', '""')}"`;
}
