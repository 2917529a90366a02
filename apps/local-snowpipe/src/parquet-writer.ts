import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { RowText } from './row-reader';
import type { Column, Table } from './table';

/** Writes rows as Parquet files, one at a time. */
export class ParquetWriter {
  private turn: Promise<void> = Promise.resolve();
  private staged = 0;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly db: DuckDBConnection,
  ) {}

  static async open(): Promise<ParquetWriter> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const db = await instance.connect();
    await db.run("SET TimeZone = 'UTC'");
    return new ParquetWriter(instance, db);
  }

  /** @throws Error when the file cannot be written; it may then be there in part */
  async write(path: string, table: Table, rows: readonly RowText[]): Promise<void> {
    const mine = this.turn.then(() => this.writeNow(path, table, rows));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  close(): void {
    this.db.closeSync();
    this.instance.closeSync();
  }

  private async writeNow(path: string, { columns }: Table, rows: readonly RowText[]): Promise<void> {
    const stage = `stage_${this.staged++}`;
    await this.db.run(
      `CREATE TEMP TABLE ${stage} (${columns.map(({ name }) => `${quote(name)} VARCHAR`).join(', ')})`,
    );
    try {
      const appender = await this.db.createAppender(stage);
      for (const row of rows) {
        for (const text of row) {
          if (text === null) appender.appendNull();
          else appender.appendVarchar(text);
        }
        appender.endRow();
      }
      appender.closeSync();
      const casts = columns.map(
        (column) => `CAST(${quote(column.name)} AS ${duckType(column)}) AS ${quote(column.name)}`,
      );
      await this.db.run(
        `COPY (SELECT ${casts.join(', ')} FROM ${stage}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
      );
    } finally {
      await this.db.run(`DROP TABLE ${stage}`);
    }
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

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
