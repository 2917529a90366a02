import { CORPUS, type Pair } from '../../corpus/corpus';
import { NO_CHANGE } from '../../corpus/pair';
import type { DiffResult } from './diff-finding';
import { diffTrees, type ContractTree } from './diff-trees';
import { RULES } from './rules';

const MOST_FALSE_ALARMS = 0.02;

const asked = CORPUS.map((pair) => ({ pair, result: ask(pair) }));

function ask({ path, base, head }: Pair): DiffResult {
  const tree = (text: string | undefined): ContractTree =>
    new Map(text === undefined ? [] : [[path, { file: path, text }]]);
  return diffTrees(tree(base), tree(head));
}

describe('the corpus of pairs', () => {
  it('is large, and has both', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(230);
    expect(CORPUS.filter(({ breaking }) => breaking).length).toBeGreaterThan(120);
    expect(CORPUS.filter(({ breaking }) => !breaking).length).toBeGreaterThan(80);
    expect(new Set(CORPUS.map(({ id }) => id)).size).toBe(CORPUS.length);
  });

  it('changes what it says that it changes', () => {
    expect(
      CORPUS.filter(({ id, base, head }) => id !== 'nothing' && base === head).map(({ id }) => id),
    ).toEqual([]);
  });

  it('has no breaking pair that passes', () => {
    const passed = asked.filter(({ pair, result }) => pair.breaking && !result.breaking);
    expect(passed.map(({ pair }) => pair.id)).toEqual([]);
  });

  it('has hardly a compatible pair that is stopped', () => {
    const compatible = asked.filter(({ pair }) => !pair.breaking);
    const alarms = compatible.filter(({ result }) => result.breaking);
    const told = alarms.map(({ pair, result }) => [
      pair.id,
      result.findings.filter((one) => one.breaking).map(({ rule }) => rule),
    ]);
    expect({ told, few: alarms.length / compatible.length <= MOST_FALSE_ALARMS }).toEqual({
      told: [],
      few: true,
    });
  });

  it('is told by the rule that each pair names', () => {
    const others = asked
      .map(({ pair, result }) => ({
        id: pair.id,
        rule: pair.rule,
        found: result.findings.map(({ rule }) => rule),
      }))
      .filter(({ rule, found }) => (rule === NO_CHANGE ? found.length > 0 : !found.includes(rule)));
    expect(others).toEqual([]);
  });

  it('has a pair for every rule', () => {
    const named = new Set<string>(CORPUS.map(({ rule }) => rule));
    expect(Object.keys(RULES).filter((rule) => !named.has(rule))).toEqual([]);
  });
});
