import fs, { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf } from './lock-owner';
import { takeLock } from './owned-lock';

/** No process has this id: the kernel's largest is smaller. */
const DEAD_PID = 99_999_999;
const owner = (pid: number, host = hostname(), id = 'a') => `${pid}@${host} ${id}`;

describe('an owned lock', () => {
  let directory: string;
  let lock: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'das-owned-lock-'));
    lock = join(directory, 'keys.json.lock');
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(directory, { recursive: true });
  });

  function taken(): () => void {
    const unlock = takeLock(lock);
    if (unlock === undefined) throw new Error('somebody else holds it');
    return unlock;
  }

  /** While somebody judges a dead owner, this happens. */
  function whileJudging(happens: () => void): void {
    const kill = process.kill.bind(process);
    jest.spyOn(process, 'kill').mockImplementationOnce((pid, signal) => {
      happens();
      return kill(pid, signal);
    });
  }

  it('is held by one, and leaves nothing', () => {
    const unlock = taken();
    expect(takeLock(lock)).toBeUndefined();
    unlock();
    taken()();
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['a living process', owner(process.ppid)],
    ['one of another host', owner(DEAD_PID, 'another-host')],
    ['nobody knows whom', 'text'],
    ['a group of processes', owner(0)],
  ])('is left to %s', (_, text) => {
    writeFileSync(lock, text);
    expect(takeLock(lock)).toBeUndefined();
    expect(readFileSync(lock, 'utf8')).toBe(text);
    expect(readdirSync(directory)).toEqual(['keys.json.lock']);
  });

  it.each([
    ['a dead process', owner(DEAD_PID)],
    ['an earlier process of our id', owner(process.pid)],
  ])('is taken over from %s', (_, text) => {
    writeFileSync(lock, text);
    const unlock = taken();
    expect(takeLock(lock)).toBeUndefined();
    expect(readdirSync(directory)).toEqual(['keys.json.lock']);
    unlock();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is taken over from one that died while it took over', () => {
    writeFileSync(lock, owner(DEAD_PID));
    writeFileSync(`${lock}.${nameOf(owner(DEAD_PID))}.next`, owner(DEAD_PID, hostname(), 'b'));
    taken()();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is left to one that is about to take over', () => {
    writeFileSync(lock, owner(DEAD_PID));
    writeFileSync(`${lock}.${nameOf(owner(DEAD_PID))}.next`, owner(process.ppid));
    expect(takeLock(lock)).toBeUndefined();
  });

  it('stays with who took it over while another one judged the dead owner', () => {
    writeFileSync(lock, owner(DEAD_PID));
    let quicker = '';
    let unlock: () => void = () => undefined;
    whileJudging(() => {
      unlock = taken();
      quicker = readFileSync(lock, 'utf8');
    });
    expect(takeLock(lock)).toBeUndefined();
    expect(readFileSync(lock, 'utf8')).toBe(quicker);
    unlock();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is taken when who was quicker has let go already', () => {
    writeFileSync(lock, owner(DEAD_PID));
    whileJudging(() => {
      taken()();
    });
    taken()();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is taken when its holder comes and goes between two looks', () => {
    const link = fs.linkSync;
    jest.spyOn(fs, 'linkSync').mockImplementationOnce((from, to) => {
      const unlock = taken();
      try {
        link(from, to);
      } finally {
        unlock();
      }
    });
    taken()();
    expect(fs.linkSync).toHaveBeenCalledTimes(3);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is not taken from another one by who lost it', () => {
    const unlock = taken();
    rmSync(lock);
    const another = taken();
    unlock();
    expect(existsSync(lock)).toBe(true);
    another();
    expect(existsSync(lock)).toBe(false);
  });
});
