import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import pino from 'pino';
import { readKeyFile } from './open-keys';

const material = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const DEAD = { id: 'a', purpose: 'dead-letter', material: material(1) };
const TOKEN = { id: 't-1', purpose: 'token:shop', material: material(5) };

describe('a ring of keys in clear', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'das-keys-'))));
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function read(content: string | readonly object[]) {
    const path = join(directory, 'keys.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify({ keys: content }));
    return readKeyFile(path);
  }

  it('uses the last key of a purpose, and still finds the earlier ones', () => {
    const keys = read([
      DEAD,
      { ...DEAD, id: 'b', material: material(2) },
      { ...DEAD, id: 'c', purpose: 'record-hash' },
    ]);
    expect(keys.current('dead-letter').id).toBe('b');
    expect(keys.current('dead-letter').previous?.id).toBe('a');
    expect(keys.find('dead-letter', 'a')?.material[0]).toBe(1);
    expect(keys.find('dead-letter', 'c')).toBeUndefined();
  });

  it('layers keys of tokens as they say, and does not use the one that waits', () => {
    const second = { ...TOKEN, id: 't-2', material: material(6), follows: 't-1' };
    const pending = { ...TOKEN, id: 't-3', material: material(7), follows: 't-2', state: 'pending' };
    const keys = read([TOKEN, second, pending]);
    expect(keys.current('token:shop').id).toBe('t-2');
    expect(keys.current('token:shop').previous?.id).toBe('t-1');
    expect(keys.find('token:shop', 't-3')?.previous?.id).toBe('t-2');
  });

  it.each([
    ['a second key of tokens that follows none', [TOKEN, { ...TOKEN, id: 't-2' }], 'does not follow'],
    ['one whose former key is gone', [{ ...TOKEN, id: 't-2', follows: 't-1' }], 'does not follow'],
    ['an only key that waits', [{ ...TOKEN, state: 'pending' }], 'where none can be'],
    [
      'a key that was in use and waits again',
      [
        TOKEN,
        { ...TOKEN, id: 't-2', follows: 't-1', state: 'pending', activated: '2026-05-04T03:00:00.000Z' },
      ],
      'which was in use',
    ],
    ['two keys of one id', [DEAD, DEAD], 'two keys of one id'],
    ['a sealing key that waits', [{ ...DEAD, state: 'pending' }], 'what only keys of tokens have'],
    ['a short key', [{ ...DEAD, material: 'c2hvcnQ=' }], 'not 32 bytes'],
    ['a purpose that there is not', [{ ...DEAD, purpose: 'lunch' }], 'at keys.0.purpose'],
    ['a key without material', [{ id: 'a', purpose: 'link' }], 'at keys.0.material'],
    ['not JSON', 'secret-looking text', 'is not JSON'],
    ['no keys', '{}', 'at keys'],
  ])('refuses %s, naming the setting and not the content', (_, content, message) => {
    const act = () => read(content);
    expect(act).toThrow(message);
    expect(act).toThrow('PHI_KEY_FILE');
    expect(act).not.toThrow('secret-looking');
  });

  it('says when a purpose has no key, and when the file is missing', () => {
    expect(() => read([]).current('record-hash')).toThrow('no key for the purpose record-hash');
    expect(() => readKeyFile(join(directory, 'none.json'))).toThrow('cannot be read');
  });

  it('prints no material, however it is printed', () => {
    const keys = read([DEAD, { ...DEAD, id: 'b', material: material(2) }]);
    const key = keys.current('dead-letter');
    let logged = '';
    const logger = pino({}, { write: (line: string) => void (logged += line) });
    logger.info({ key, keys }, 'a line');
    const printed = [
      inspect({ key, keys }, { depth: 9, showHidden: true }),
      JSON.stringify({ key, keys }),
      logged,
    ];
    for (const text of printed) {
      expect(text).toContain('b');
      for (const byte of [1, 2]) {
        const bytes = Buffer.alloc(32, byte);
        for (const form of [bytes.toString('base64').slice(0, 20), bytes.toString('hex').slice(0, 20)])
          expect(text).not.toContain(form);
        expect(text).not.toMatch(new RegExp(`${byte},\\s*${byte},\\s*${byte}`));
        expect(text).not.toMatch(new RegExp(`0${byte} 0${byte} 0${byte}`));
      }
    }
  });
});
