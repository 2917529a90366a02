import { CONSUMER_PAIRS } from './corpus/consumer-pairs';
import { GOVERNANCE_PAIRS } from './corpus/governance-pairs';
import { NEAR_MISSES } from './corpus/near-misses';
import { PROMISE_PAIRS } from './corpus/promise-pairs';
import { diffTexts } from './diff-trees';

const PAIRS = [...CONSUMER_PAIRS, ...GOVERNANCE_PAIRS, ...PROMISE_PAIRS, ...NEAR_MISSES];
const MOST_FALSE_ALARMS = 0.02;

const asked = PAIRS.map((pair) => ({
  ...pair,
  ...diffTexts({ file: 'base.yaml', text: pair.base }, { file: 'head.yaml', text: pair.head }),
  expected: pair.breaking,
}));

describe('the corpus of pairs', () => {
  it('is large, and has both', () => {
    expect(PAIRS.length).toBeGreaterThanOrEqual(120);
    expect(PAIRS.filter(({ breaking }) => breaking).length).toBeGreaterThan(60);
    expect(new Set(PAIRS.map(({ id }) => id)).size).toBe(PAIRS.length);
  });

  it('has no breaking pair that passes', () => {
    expect(asked.filter(({ expected, breaking }) => expected && !breaking).map(({ id }) => id)).toEqual([]);
  });

  it('has hardly a compatible pair that is stopped', () => {
    const alarms = asked.filter(({ expected, breaking }) => !expected && breaking);
    expect(
      alarms.map(({ id, findings }) => [id, findings.filter((one) => one.breaking).map(({ rule }) => rule)]),
    ).toEqual([]);
    expect(alarms.length / asked.filter(({ expected }) => !expected).length).toBeLessThanOrEqual(
      MOST_FALSE_ALARMS,
    );
  });

  it('finds nothing where nothing changed', () => {
    expect(asked.find(({ id }) => id === 'nothing')?.findings).toEqual([]);
  });
});
