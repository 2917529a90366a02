import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBAppender, type DuckDBConnection } from '@duckdb/node-api';
import { duckType, type LakeTable } from './lake-columns';

type LakeValue = string | number | boolean | null | undefined;

/**
 * Puts rows into a lake as the local endpoint would, without an endpoint: the same folders, names and column types.
 * What nobody reads back is left out (`_channels`, the lock), and nothing is synced.
 */
export class LakeWriter {
  private readonly stages = new Map<string, LakeStage>();
  private sequence = 0;

  private constructor(
    private readonly lake: string,
    private readonly instance: DuckDBInstance,
    private readonly db: DuckDBConnection,
  ) {}

  static async open(lake: string): Promise<LakeWriter> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const db = await instance.connect();
    await db.run("SET TimeZone = 'UTC'");
    return new LakeWriter(lake, instance, db);
  }

  /** Makes the table's folder, as a starting endpoint does. */
  claim(table: LakeTable): void {
    const folder = this.folderOf(table);
    mkdirSync(join(folder, '_tmp'), { recursive: true });
    writeFileSync(join(folder, '_columns.json'), `${JSON.stringify(table.columns, undefined, 2)}\n`);
  }

  /** Where rows of a channel wait for their commit: in DuckDB, since so many objects would keep the collector busy. */
  async stage(table: LakeTable, channel: string): Promise<LakeStage> {
    let stage = this.stages.get(channel);
    if (stage === undefined) {
      stage = new LakeStage(this.db, `stage_${this.stages.size}`, table);
      await stage.begin();
      this.stages.set(channel, stage);
    }
    return stage;
  }

  /** Makes a file of what a channel's stage holds. @returns its path; it is there whole or not at all */
  async commit(channel: string, token: string, at: Date): Promise<string> {
    const stage = this.stages.get(channel);
    if (stage === undefined) throw new Error('nothing was staged');
    const sequence = ++this.sequence;
    const tableFolder = this.folderOf(stage.table);
    const aside = join(tableFolder, '_tmp', `${sequence}.parquet`);
    await stage.copyTo(aside);
    const [date = '', time = ''] = at.toISOString().split('T');
    const folder = join(tableFolder, date, time.slice(0, 2));
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${channel}.1-${sequence}.${token}.parquet`);
    renameSync(aside, path);
    return path;
  }

  close(): void {
    for (const stage of this.stages.values()) stage.end();
    this.db.closeSync();
    this.instance.closeSync();
  }

  private folderOf({ database, schema, name }: LakeTable): string {
    return join(this.lake, database, schema, name);
  }
}

/** Rows of one channel that no file holds yet. */
class LakeStage {
  private readonly names: readonly string[];
  private appender: DuckDBAppender | undefined;
  private staged = 0;

  constructor(
    private readonly db: DuckDBConnection,
    private readonly name: string,
    readonly table: LakeTable,
  ) {
    this.names = table.columns.map((column) => column.name);
  }

  /** Rows that wait. */
  get size(): number {
    return this.staged;
  }

  async begin(): Promise<void> {
    const texts = this.names.map((column) => `"${column}" VARCHAR`);
    await this.db.run(`CREATE TEMP TABLE ${this.name} (${texts.join(', ')})`);
    this.appender = await this.db.createAppender(this.name);
  }

  /** @param row - values by column; what is missing is null */
  append(row: object): void {
    const { appender } = this;
    if (appender === undefined) throw new Error('the stage has not begun');
    for (const name of this.names) {
      const value = (row as Readonly<Record<string, LakeValue>>)[name];
      if (value === null || value === undefined) appender.appendNull();
      else appender.appendVarchar(typeof value === 'string' ? value : String(value));
    }
    appender.endRow();
    this.staged++;
  }

  async copyTo(path: string): Promise<void> {
    this.appender?.flushSync();
    const select = this.table.columns.map(
      (column) => `CAST("${column.name}" AS ${duckType(column)}) AS "${column.name}"`,
    );
    await this.db.run(
      `COPY (SELECT ${select.join(', ')} FROM ${this.name}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
    );
    await this.db.run(`TRUNCATE ${this.name}`);
    this.staged = 0;
  }

  end(): void {
    this.appender?.closeSync();
  }
}
