import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCommitName } from './file-name';
import { Lake } from './lake';
import type { Table } from './table';

const column = { name: 'ID', kind: 'text', nullable: true, precision: 38, scale: 0 } as const;
const table: Table = { database: 'DB', schema: 'S', name: 'T', columns: [column] };

describe('a lake', () => {
  let root: string;
  let lake: Lake;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'das-lake-'));
    lake = new Lake(root);
    lake.claim(table);
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  async function commit(channel: string, incarnation: number, sequence: number, token: string, hour: string) {
    const aside = lake.asidePath(table);
    writeFileSync(aside, '');
    const now = new Date(`2026-01-01T${hour}:59:59.999Z`);
    await lake.commit(table, aside, { channel, incarnation, sequence, token }, now);
  }

  it('recovers the token of the highest sequence, whatever the hour of its file', async () => {
    await commit('a', 1, 10, 'ten', '01');
    await commit('a', 1, 9, 'nine', '02');
    await commit('b', 1, 1, '', '01');
    expect(lake.recover(table)).toEqual(
      new Map([
        ['a', expect.objectContaining({ incarnation: 1, sequence: 10, token: 'ten' })],
        ['b', expect.objectContaining({ token: '' })],
      ]),
    );
  });

  it('passes over what was committed before the channel was dropped', async () => {
    await commit('a', 1, 10, 'ten', '01');
    await lake.mark(table, { channel: 'a', incarnation: 2, sequence: 0, token: undefined });
    expect(lake.recover(table).get('a')).toEqual({ incarnation: 2, sequence: 0, token: undefined });
    await commit('a', 2, 1, 'one', '01');
    expect(lake.recover(table).get('a')).toMatchObject({ incarnation: 2, sequence: 1, token: 'one' });
  });

  it('lets a commit win over the token that the channel was opened with, not an older one', async () => {
    await commit('a', 1, 3, 'three', '01');
    await lake.mark(table, { channel: 'a', incarnation: 1, sequence: 3, token: 'given' });
    expect(lake.recover(table).get('a')).toMatchObject({ token: 'given' });
    await commit('a', 1, 4, 'four', '01');
    expect(lake.recover(table).get('a')).toMatchObject({ token: 'four' });
  });

  it('removes what was not finished and passes over what is not its own', () => {
    writeFileSync(lake.asidePath(table), 'half');
    const hour = join(lake.folderOf(table), '2026-01-01', '00');
    mkdirSync(hour, { recursive: true });
    writeFileSync(join(hour, 'notes.txt'), '');
    writeFileSync(
      join(hour, `${formatCommitName({ channel: 'a', incarnation: 1, sequence: 1, token: 't' })}.bak`),
      '',
    );
    expect(lake.recover(table)).toEqual(new Map());
    expect(readdirSync(lake.folderOf(table)).sort()).toEqual(['2026-01-01', '_columns.json']);
  });

  it('refuses other columns than those of the files that are there', () => {
    expect(() => {
      lake.claim({ ...table, columns: [{ ...column, nullable: false }] });
    }).toThrow('other columns');
  });
});
