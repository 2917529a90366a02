import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addMissing, plainMaterial, rotate } from './new-key';
import { readKeyFile, readRing } from './open-keys';
import { ringPurposes } from './purpose';
import { activate, addPending, markRekeyed, rekeyingOf } from './rekey-ring';
import { changeRing } from './write-ring';

const make = async () => Promise.resolve(plainMaterial());
const WANTED = ringPurposes([{ domain: 'shop' }, { domain: 'clinic' }, { domain: 'shop' }]);

describe('a ring that is changed', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'das-ring-'));
    path = join(directory, 'deep', 'keys.json');
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('is made with a key for every purpose, for its owner alone, once', async () => {
    await changeRing(path, (keys) => addMissing(keys, WANTED, make));
    expect(readRing(path).map(({ purpose }) => purpose)).toEqual([
      'dead-letter',
      'record-hash',
      'link',
      'token:clinic',
      'encrypt:clinic',
      'token:shop',
      'encrypt:shop',
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const before = readFileSync(path, 'utf8');
    await changeRing(path, (keys) => addMissing(keys, WANTED, make));
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(join(directory, 'deep'))).toEqual(['keys.json']);
  });

  it('is for its owner alone, whatever a killed process left', async () => {
    mkdirSync(dirname(path));
    writeFileSync(`${path}.new`, 'left', { mode: 0o644 });
    chmodSync(`${path}.new`, 0o644);
    await changeRing(path, (keys) => addMissing(keys, ['link'], make));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const elsewhere = join(directory, 'elsewhere');
    writeFileSync(elsewhere, 'another file');
    symlinkSync(elsewhere, `${path}.new`);
    await changeRing(path, (keys) => addMissing(keys, ['dead-letter'], make));
    expect(readFileSync(elsewhere, 'utf8')).toBe('another file');
    expect(lstatSync(path).isFile()).toBe(true);
    expect(readRing(path)).toHaveLength(2);
  });

  it('stays as it was when the change fails, and can be changed after that', async () => {
    await changeRing(path, (keys) => addMissing(keys, ['link'], make));
    const before = readFileSync(path, 'utf8');
    await expect(changeRing(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(changeRing(path, (keys) => rotate(keys, 'link', make))).rejects.toThrow('never exchanged');
    expect(readFileSync(path, 'utf8')).toBe(before);
    await changeRing(path, (keys) => addMissing(keys, ['dead-letter'], make));
    expect(readRing(path)).toHaveLength(2);
  });

  it('is changed by one process at a time', async () => {
    await changeRing(path, (keys) => addMissing(keys, ['link'], make));
    const others = changeRing(path, (keys) => addMissing(keys, ['record-hash'], make));
    await expect(changeRing(path, (keys) => addMissing(keys, ['dead-letter'], make))).rejects.toMatchObject({
      kind: 'transient',
      code: 'ring_locked',
    });
    await others;
    expect(await changeRing(path, (keys) => addMissing(keys, ['dead-letter'], make))).toHaveLength(3);
  });

  it('rotates a key that seals: the newest is used, and the former one is kept', async () => {
    await changeRing(path, (keys) => addMissing(keys, WANTED, make));
    const former = readKeyFile(path).current('encrypt:shop');
    await changeRing(path, (keys) => rotate(keys, 'encrypt:shop', make));
    const keys = readKeyFile(path);
    expect(keys.current('encrypt:shop').id).not.toBe(former.id);
    expect(keys.find('encrypt:shop', former.id)?.material).toEqual(former.material);
  });

  it('takes a key of tokens through waiting, use and re-keyed, each step once', async () => {
    await changeRing(path, (keys) => addMissing(keys, WANTED, make));
    const first = readKeyFile(path).current('token:shop').id;
    const steps = [];
    const step = () => rekeyingOf(readRing(path), 'token:shop').step;
    steps.push(step());
    for (let twice = 0; twice < 2; twice++)
      await changeRing(path, (keys) => addPending(keys, 'token:shop', make));
    steps.push(step());
    expect(readKeyFile(path).current('token:shop').id).toBe(first);
    for (let twice = 0; twice < 2; twice++)
      await changeRing(path, (keys) => Promise.resolve(activate(keys, 'token:shop')));
    steps.push(step());
    expect(readKeyFile(path).current('token:shop').previous?.id).toBe(first);
    await changeRing(path, (keys) => Promise.resolve(markRekeyed(keys, 'token:shop')));
    steps.push(step());
    expect(steps).toEqual(['none', 'pending', 'active', 'none']);
    expect(readRing(path)).toHaveLength(WANTED.length + 1);
    expect(() => rekeyingOf(readRing(path), 'dead-letter')).toThrow('make no tokens');
  });
});
