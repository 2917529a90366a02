import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publish } from './durable-fs';
import { escape, formatCommitName, parseCommitName, type CommitName } from './file-name';
import { UsageError } from './options';
import type { Table } from './table';

/** What a restart finds of a channel. */
export interface StoredChannel {
  readonly incarnation: number;
  readonly sequence: number;
  readonly token: string | undefined;
}

/** A channel's beginning: written when it is dropped, or opened with a token of the client's. */
interface Marker extends StoredChannel {
  readonly channel: string;
}

/**
 * The folders of a lake. Per table: Parquet files by date and hour of their commit; `_columns.json`, their schema;
 * `_channels`, where channels begin anew; `_tmp`, what was not finished.
 */
export class Lake {
  constructor(readonly root: string) {
    mkdirSync(root, { recursive: true });
  }

  /** Held while a server runs: two would give the same sequence numbers to different rows. */
  get lockPath(): string {
    return join(this.root, '_lock.duckdb');
  }

  folderOf({ database, schema, name }: Table): string {
    return join(this.root, escape(database), escape(schema), escape(name));
  }

  /** One schema per folder, so that readers need no union of schemas. @throws UsageError */
  claim(table: Table): void {
    const folder = this.folderOf(table);
    const path = join(folder, '_columns.json');
    const columns = `${JSON.stringify(table.columns, undefined, 2)}\n`;
    if (!existsSync(path)) {
      const aside = this.asidePath(table);
      writeFileSync(aside, columns, { flush: true });
      renameSync(aside, path);
    }
    if (readFileSync(path, 'utf8') === columns) return;
    throw new UsageError(`${folder} holds files of other columns: move it away, or choose another --lake`);
  }

  /** Where a commit is written before it counts. */
  asidePath(table: Table): string {
    const folder = join(this.folderOf(table), '_tmp');
    mkdirSync(folder, { recursive: true });
    return join(folder, `${randomUUID()}.parquet`);
  }

  /** Rows and token become durable together. */
  async commit(table: Table, aside: string, name: CommitName, now: Date): Promise<void> {
    const [date = '', time = ''] = now.toISOString().split('T');
    await publish(aside, join(this.folderOf(table), date, time.slice(0, 2), formatCommitName(name)));
  }

  async mark(table: Table, marker: Marker): Promise<void> {
    const aside = this.asidePath(table);
    await writeFile(aside, JSON.stringify(marker));
    await publish(aside, join(this.folderOf(table), '_channels', `${escape(marker.channel)}.json`));
  }

  /** The channels of a table, from the names of its files; removes what was not finished. */
  recover(table: Table): Map<string, StoredChannel> {
    const folder = this.folderOf(table);
    const channels = new Map<string, StoredChannel>();
    rmSync(join(folder, '_tmp'), { recursive: true, force: true });
    const markers = join(folder, '_channels');
    for (const file of existsSync(markers) ? readdirSync(markers) : []) {
      const { channel, ...stored } = JSON.parse(readFileSync(join(markers, file), 'utf8')) as Marker;
      channels.set(channel, stored);
    }
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const commit = parseCommitName(path.slice(path.lastIndexOf('/') + 1));
      if (commit === undefined) continue;
      const known = channels.get(commit.channel) ?? { incarnation: 1, sequence: 0, token: undefined };
      const isNewer = commit.incarnation === known.incarnation && commit.sequence > known.sequence;
      if (isNewer) channels.set(commit.channel, commit);
      else if (!channels.has(commit.channel)) channels.set(commit.channel, known);
    }
    return channels;
  }

  async discard(aside: string): Promise<void> {
    await rm(aside, { force: true });
  }
}
