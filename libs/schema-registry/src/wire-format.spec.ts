import fc from 'fast-check';
import { schemaIdOf } from './wire-format';

describe('the wire format', () => {
  it('has the id in four bytes after the magic one, whatever follows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.uint8Array(), (id, payload) => {
        const header = Buffer.alloc(5);
        header.writeUInt32BE(id, 1);
        expect(schemaIdOf(Buffer.concat([header, payload]))).toBe(id);
      }),
    );
  });

  it('is not what begins otherwise, or ends too soon', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const isFramed = bytes.length >= 5 && bytes[0] === 0;
        expect(schemaIdOf(bytes) !== undefined).toBe(isFramed);
      }),
    );
    expect(schemaIdOf(Buffer.from('{"a":1}'))).toBeUndefined();
    expect(schemaIdOf(Buffer.of(0, 0, 0, 1))).toBeUndefined();
    expect(schemaIdOf(Buffer.of(0, 0, 0, 0, 1))).toBe(1);
  });
});
