import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HOUR_MS = 3_600_000;

/** One commit of one partition, as its file's name tells it. */
export interface SeenCommit {
  readonly partition: string;
  /** What its token names. */
  readonly position: string;
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
  private readonly furthest = new Map<string, string>();
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
  get positions(): ReadonlyMap<string, string> {
    return this.furthest;
  }

  /** The same, as it was at a time. */
  positionsAt(atMs: number): ReadonlyMap<string, string> {
    const then = new Map<string, string>();
    for (const [partition, commits] of this.byPartition) {
      for (const { position, atMs: doneMs } of commits)
        if (doneMs <= atMs) advance(then, partition, position);
    }
    return then;
  }

  /** How many commits were seen. */
  get count(): number {
    return this.names.size;
  }

  private list(hour: Date): void {
    const [date = '', time = ''] = hour.toISOString().split('T');
    const folder = join(this.folder, date, time.slice(0, 2));
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) return;
    for (const name of readdirSync(folder)) {
      if (this.names.has(name)) continue;
      const [, channel = '', token] = /^([^.]+)\.\d+-\d+\.([^.~]+)~/.exec(name) ?? [];
      if (token === undefined) continue;
      this.names.add(name);
      const position = decodeURIComponent(token);
      const partition = channel.slice(channel.lastIndexOf('__') + 2);
      const commits = this.byPartition.get(partition) ?? [];
      this.byPartition.set(partition, commits);
      commits.push({ partition, position, atMs: statSync(join(folder, name)).ctimeMs });
      advance(this.furthest, partition, position);
    }
  }
}

/** The partitions that have not come to their end. */
export function shortOf(
  ends: ReadonlyMap<string, string>,
  positions: ReadonlyMap<string, string>,
): readonly string[] {
  const isShort = ([partition, end]: readonly [string, string]): boolean => {
    const position = positions.get(partition);
    return position === undefined || isBefore(position, end);
  };
  return [...ends].filter(isShort).map(([partition]) => partition);
}

function advance(positions: Map<string, string>, partition: string, position: string): void {
  const before = positions.get(partition);
  if (before === undefined || isBefore(before, position)) positions.set(partition, position);
}

/** Positions are numbers, or pairs of numbers, whatever the source. */
function isBefore(a: string, b: string): boolean {
  const [first, second = 0] = a.split(':').map(BigInt);
  const [otherFirst, otherSecond = 0] = b.split(':').map(BigInt);
  if (first === undefined || otherFirst === undefined) throw new Error('a position without a number');
  return first === otherFirst ? second < otherSecond : first < otherFirst;
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
