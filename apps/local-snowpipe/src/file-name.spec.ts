import fc from 'fast-check';
import { fitsFileName, formatCommitName, parseCommitName } from './file-name';

describe('a commit’s file name', () => {
  it('says again what it was made of, in characters that every file system takes', () => {
    const name = fc.record({
      channel: fc.string({ minLength: 1, unit: 'grapheme' }),
      incarnation: fc.nat(),
      sequence: fc.nat(),
      token: fc.string({ unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(name, (parts) => {
        const text = formatCommitName(parts);
        expect(text).toMatch(/^[\w~%.-]+$/);
        expect(parseCommitName(text)).toEqual(parts);
      }),
    );
  });

  it('is refused before a file system would refuse it', () => {
    expect(fitsFileName('c'.repeat(100), '1'.repeat(100))).toBe(true);
    expect(fitsFileName('c'.repeat(100), '/'.repeat(100))).toBe(false);
  });
});
