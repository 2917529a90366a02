import Decoder from 'kafkajs/src/protocol/decoder';
import { readHeadersOnce } from './linear-headers';

interface Fold {
  reduce(): Record<string, unknown>;
}

/** As kafkajs reads and folds the headers of one record. */
function fold(headers: readonly (readonly [string, Buffer | null])[]): Record<string, unknown> {
  // A varint of up to 16,383, zigzag.
  const zigzag = headers.length * 2;
  const decoder = new Decoder(Buffer.from([(zigzag & 0x7f) | 0x80, (zigzag >> 7) | 0x80, zigzag >> 14]));
  let next = 0;
  const read = decoder.readVarIntArray(() => {
    const [key, value] = headers[next++]!;
    return { key, value };
  });
  return (read as Fold).reduce();
}

describe('headers', () => {
  beforeAll(readHeadersOnce);
  const [a, b] = [Buffer.from('a'), Buffer.from('b')];

  it.each(['constructor', '__proto__', 'toString', 'h'])('called %s are what was sent', (name) => {
    expect(Object.entries(fold([[name, a]]))).toEqual([[name, a]]);
    expect(
      Object.entries(
        fold([
          [name, a],
          [name, b],
          [name, null],
        ]),
      ),
    ).toEqual([[name, [a, b, null]]]);
  });

  it('are none where none were sent', () => {
    expect(Object.entries(fold([]))).toEqual([]);
  });

  it('cost what they are long, not its square', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => [`header-${index}`, a] as const);
    const startedMs = performance.now();
    expect(Object.keys(fold(many))).toHaveLength(10_000);
    // kafkajs's own way takes a minute.
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
