import { randomBytes } from 'node:crypto';
import type { DataKey, KeyProvider } from '@das/pipeline';
import { compactDecrypt } from 'jose';
import { openRecord, sealRecord } from './sealed-payload';

const key: DataKey = { id: 'dead-letter-1', material: randomBytes(32) };
const keys: KeyProvider = { current: () => key, find: (_, id) => (id === key.id ? key : undefined) };
const where = { source: 'kafka:orders.v1', epoch: 1, partition: '3', position: '42' };
const record = {
  key: Buffer.from('k'),
  value: Buffer.from([0x00, 0xff, 0x0a, 0x7b]),
  headers: [['trace', Buffer.from('ä')]] as const,
};

describe('a sealed payload', () => {
  it('gives back key, value and headers, byte for byte', () => {
    expect(openRecord(sealRecord(record, where, keys), where, keys)).toEqual(record);
  });

  it('keeps a missing key and a missing value apart from empty ones', () => {
    for (const part of [null, Buffer.alloc(0)]) {
      const sealed = sealRecord({ key: part, value: part, headers: [] }, where, keys);
      expect(openRecord(sealed, where, keys)).toEqual({ key: part, value: part, headers: [] });
    }
  });

  it('is a JWE that another library opens', async () => {
    const { plaintext } = await compactDecrypt(sealRecord(record, where, keys), key.material);
    expect(Buffer.from(plaintext).includes(record.value)).toBe(true);
  });

  it('shows nothing of the record and differs every time', () => {
    const secret = Buffer.from('synthetic secret value');
    const sealed = [1, 2].map(() => sealRecord({ ...record, value: secret }, where, keys));
    expect(sealed[0]).not.toBe(sealed[1]);
    for (const text of sealed) {
      const decoded = text.split('.').map((part) => Buffer.from(part, 'base64url'));
      expect(decoded.some((part) => part.includes(secret))).toBe(false);
    }
  });

  it('is refused for another record, with an altered text, or without its key', () => {
    const sealed = sealRecord(record, where, keys);
    expect(() => openRecord(sealed, { ...where, position: '43' }, keys)).toThrow('belongs to another record');
    const altered = sealed.replace(
      /\.([^.])([^.]*)$/,
      (_, first: string, rest: string) => `.${first === 'A' ? 'B' : 'A'}${rest}`,
    );
    expect(() => openRecord(altered, where, keys)).toThrow('was altered');
    expect(() => openRecord(sealed, where, { ...keys, find: () => undefined })).toThrow(
      'not in the key file',
    );
    expect(() => openRecord('no.thing', where, keys)).toThrow('sealed payload');
  });
});
