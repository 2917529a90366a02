import { randomBytes } from 'node:crypto';
import type { DataKey } from '@das/pipeline';
import { compactDecrypt } from 'jose';
import { openBytes, sealBytes } from './sealed-bytes';

const key: DataKey = { id: 'k-1', material: randomBytes(32) };
const find = (id: string) => (id === key.id ? key : undefined);
const bound = { domain: 'brook_clinic', stream: 'visits_v1', path: 'patient.name' };
const bytes = Buffer.from([0x00, 0xff, 0x0a]);

describe('sealed bytes', () => {
  it.each([bytes, Buffer.alloc(0)])('come back as they were: %j', (clear) => {
    expect(openBytes(sealBytes(clear, { key, bound }), { find, bound })).toEqual(clear);
  });

  it('are a JWE that another library opens, with what is bound in its protected header', async () => {
    const { plaintext, protectedHeader } = await compactDecrypt(
      sealBytes(bytes, { key, bound }),
      key.material,
    );
    expect(Buffer.from(plaintext)).toEqual(bytes);
    expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', kid: 'k-1', ...bound });
  });

  it.each([{ ...bound, path: 'patient.phone' }, { domain: 'brook_clinic' }, { ...bound, more: 'x' }, {}])(
    'are refused where something else is bound: %j',
    (other) => {
      const sealed = sealBytes(bytes, { key, bound });
      expect(() => openBytes(sealed, { find, bound: other })).toThrow('belongs to another record');
    },
  );

  it.each([
    [{ alg: 'none', enc: 'A256GCM', kid: 'k-1' }, 'in another way'],
    [{ alg: 'dir', enc: 'A256GCM' }, 'names no key'],
    [null, 'no readable header'],
  ])('are refused under the header %j', (header, message) => {
    const [, ...rest] = sealBytes(bytes, { key, bound: {} }).split('.');
    const sealed = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
    expect(() => openBytes(sealed, { find, bound: {} })).toThrow(message);
  });
});
