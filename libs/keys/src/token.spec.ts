import { createHmac } from 'node:crypto';
import { makeToken } from './token';

const first = { id: 't-1', material: Buffer.alloc(32, 1) };
const second = { id: 't-2', material: Buffer.alloc(32, 2), previous: first };

describe('a token', () => {
  it('is a keyed hash under the key’s id', () => {
    const mac = createHmac('sha256', first.material).update('email\0a@example.com').digest('base64url');
    expect(makeToken('tok', first, 'email\0a@example.com')).toBe(`tok.t-1.${mac}`);
    expect(mac).toHaveLength(43);
  });

  it('of a later key is that of the former one’s token', () => {
    const alone = { id: second.id, material: second.material };
    const former = makeToken('lnk', first, 'x');
    expect(makeToken('lnk', second, 'x')).toBe(makeToken('lnk', alone, former));
  });
});
