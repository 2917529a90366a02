import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HOUR_MS = 3_600_000;

/** One commit of one partition, as its file's name tells it. */
export interface SeenCommit {
  readonly partition: string;
  /** The offset that its token names. */
  readonly position: number;
  /** When the file was renamed in, epoch milliseconds. */
  readonly atMs: number;
}

interface TableName {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}

/** Watches a table's commits from outside: it lists the files of the lake, and asks no part of the product. */
export class LakeWatch {
  private readonly folder: string;
  private readonly names = new Set<string>();
  private readonly byPartition = new Map<string, SeenCommit[]>();
  private readonly furthest = new Map<string, number>();
  /** Of the last look: files of earlier hours cannot come any more, but for a moment. */
  private lookedMs = Date.now();

  constructor(lake: string, { database, schema, name }: TableName) {
    this.folder = join(lake, database, schema, name);
  }

  /** Takes in what was committed since the last look. */
  look(): void {
    const now = Date.now();
    for (let hour = this.lookedMs - HOUR_MS; hour <= now; hour += HOUR_MS) this.list(new Date(hour));
    this.list(new Date(now));
    this.lookedMs = now;
  }

  /** By partition, in no order. */
  get commits(): ReadonlyMap<string, readonly SeenCommit[]> {
    return this.byPartition;
  }

  /** When each commit was, oldest first. */
  get times(): readonly number[] {
    const times = [...this.byPartition.values()].flatMap((commits) => commits.map(({ atMs }) => atMs));
    return times.sort((a, b) => a - b);
  }

  /** Each partition's furthest committed position. */
  get positions(): ReadonlyMap<string, number> {
    return this.furthest;
  }

  /** The same, as it was at a time. */
  positionsAt(atMs: number): ReadonlyMap<string, number> {
    const then = new Map<string, number>();
    for (const [partition, commits] of this.byPartition) {
      for (const { position, atMs: doneMs } of commits) {
        if (doneMs <= atMs) then.set(partition, Math.max(position, then.get(partition) ?? -1));
      }
    }
    return then;
  }

  private list(hour: Date): void {
    const [date = '', time = ''] = hour.toISOString().split('T');
    const folder = join(this.folder, date, time.slice(0, 2));
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) return;
    for (const name of readdirSync(folder)) {
      if (this.names.has(name)) continue;
      const [, channel = '', position] = /^([^.]+)\.\d+-\d+\.(\d+)~/.exec(name) ?? [];
      if (position === undefined) continue;
      this.names.add(name);
      const partition = channel.slice(channel.lastIndexOf('__') + 2);
      const commits = this.byPartition.get(partition) ?? [];
      this.byPartition.set(partition, commits);
      commits.push({ partition, position: Number(position), atMs: statSync(join(folder, name)).ctimeMs });
      this.furthest.set(partition, Math.max(Number(position), this.furthest.get(partition) ?? -1));
    }
  }
}

/** Records up to these positions, of all partitions together: each partition's log begins at offset 0. */
export function recordsUpTo(positions: ReadonlyMap<string, number>): number {
  return [...positions.values()].reduce((sum, position) => sum + position + 1, 0);
}

/** The longest time between two commits. @param times - sorted */
export function longestGap(times: readonly number[], sinceMs: number): number {
  let longest = 0;
  let earlier = sinceMs;
  for (const time of times.filter((ms) => ms > sinceMs)) {
    longest = Math.max(longest, time - earlier);
    earlier = time;
  }
  return longest;
}
