import { makeCorpus, measureScan } from '@das/testing';
import { findPhi } from './find-phi';
import { SCAN_KINDS } from './kinds';

/** Asked of the part that no detector was tuned on; docs/phi.md has the numbers. */
const RECALL = 0.99;
const PRECISION = 0.97;

describe.each(['tuning', 'held-out'] as const)('the scan on the %s part of the corpus', (part) => {
  const cases = makeCorpus(part);
  const [all, ...kinds] = measureScan(cases, findPhi);

  it('finds what is there, and little else', () => {
    expect(all?.recall).toBeGreaterThanOrEqual(RECALL);
    expect(all?.precision).toBeGreaterThanOrEqual(PRECISION);
  });

  it.each(kinds.map((quality) => [quality.kind, quality] as const))(
    '%s',
    (_, { recall, precision, present }) => {
      expect(recall).toBeGreaterThanOrEqual(RECALL);
      expect(precision).toBeGreaterThanOrEqual(PRECISION);
      // Fewer would say little.
      expect(present).toBeGreaterThanOrEqual(60);
    },
  );

  it('has every kind, and as many texts that hold none', () => {
    expect(kinds.map(({ kind }) => kind)).toEqual(SCAN_KINDS.filter((kind) => kind !== 'echo').sort());
    expect(cases.filter(({ kinds }) => kinds.length === 0).length).toBeGreaterThan(cases.length * 0.4);
  });
});

describe('the corpus', () => {
  const parts = { tuning: makeCorpus('tuning'), 'held-out': makeCorpus('held-out') };

  it('has 3,000 texts, and the same each time', () => {
    expect(parts.tuning.length + parts['held-out'].length).toBeGreaterThanOrEqual(3_000);
    expect(makeCorpus('held-out')).toEqual(parts['held-out']);
  });

  it('has hardly a text in both parts', () => {
    const tuning = new Set(parts.tuning.map(({ text }) => text));
    const shared = parts['held-out'].filter(({ text }) => tuning.has(text));
    expect(shared.length).toBeLessThan(parts['held-out'].length * 0.01);
  });

  it('is judged by what is missed and by what is too much', () => {
    const [all] = measureScan(
      [
        { text: 'a', kinds: ['ssn', 'email'], part: 'tuning', family: 'f' },
        { text: 'b', kinds: [], part: 'tuning', family: 'f' },
      ],
      (text) => (text === 'a' ? ['ssn'] : ['card']),
    );
    expect(all).toMatchObject({ present: 2, found: 1, falseHits: 1, recall: 0.5, precision: 0.5 });
  });
});
