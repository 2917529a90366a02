import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeyFile } from './key-file';

const material = (byte: number) => Buffer.alloc(32, byte).toString('base64');

describe('a key file', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'das-keys-'))));
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function read(content: string) {
    const path = join(directory, 'keys.json');
    writeFileSync(path, content);
    return readKeyFile(path);
  }

  it('uses the last key of a purpose and still finds the earlier one', () => {
    const keys = read(
      JSON.stringify({
        keys: [
          { id: 'a', purpose: 'dead-letter', material: material(1) },
          { id: 'b', purpose: 'dead-letter', material: material(2) },
          { id: 'c', purpose: 'record-hash', material: material(3) },
        ],
      }),
    );
    expect(keys.current('dead-letter').id).toBe('b');
    expect(keys.find('dead-letter', 'a')?.material[0]).toBe(1);
    expect(keys.find('dead-letter', 'c')).toBeUndefined();
  });

  it.each([
    ['not JSON', 'secret-looking text', 'is not JSON'],
    ['no keys', '{}', 'is not as expected at keys'],
    [
      'a short key',
      JSON.stringify({ keys: [{ id: 'a', purpose: 'dead-letter', material: 'c2hvcnQ=' }] }),
      'not 32 bytes',
    ],
  ])('refuses %s, naming the setting and not the content', (_, content, message) => {
    const act = () => read(content);
    expect(act).toThrow(message);
    expect(act).toThrow('PHI_KEY_FILE');
    expect(act).not.toThrow('secret-looking');
  });

  it('says when a purpose has no key, and when the file is missing', () => {
    expect(() => read('{"keys":[]}').current('record-hash')).toThrow('no key for the purpose record-hash');
    expect(() => readKeyFile(join(directory, 'none.json'))).toThrow('cannot be read');
  });
});
