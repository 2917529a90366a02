import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { diffTexts } from '@das/contracts';
import { CORPUS, type Pair } from '../../libs/contracts/corpus/corpus';

const PYTHON = join(__dirname, '..', '..', '.tools', 'python', 'bin', 'python');

/** It compares contracts, and two that are there: no roles, no policies, no file that came or went. */
const PAIRS = CORPUS.flatMap(({ id, breaking, path, base, head }) =>
  path.endsWith('.odcs.yaml') && base !== undefined && head !== undefined
    ? [{ id, breaking, base, head }]
    : [],
);
type Whole = (typeof PAIRS)[number];
type Verdict = (pair: Whole) => boolean;

/** The five that its makers' tool passes, and that must never pass here. */
const PASSED_ELSEWHERE = [
  'personal data becomes public',
  'the mask is gone',
  'everybody reads',
  'retention goes from five years to one',
  'availability 99.9 to 90',
];

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly missed: number;
  readonly falseAlarms: number;
}

function score(says: Verdict): Score {
  const count = (expected: boolean, said: boolean): number =>
    PAIRS.filter((pair) => pair.breaking === expected && says(pair) === said).length;
  const found = count(true, true);
  const [missed, falseAlarms] = [count(true, false), count(false, true)];
  return { precision: found / (found + falseAlarms), recall: found / (found + missed), missed, falseAlarms };
}

function ours({ base, head }: Pick<Pair, 'base' | 'head'>): boolean {
  const [older = '', newer = ''] = [base, head];
  return diffTexts({ file: 'base', text: older }, { file: 'head', text: newer }).breaking;
}

describe('datacontract breaking, on the same pairs', () => {
  let theirs: ReadonlyMap<string, boolean>;

  beforeAll(() => {
    const input = PAIRS.map(({ id, base, head }) => JSON.stringify({ id, base, head })).join('\n');
    const script = join(__dirname, 'datacontract_breaking.py');
    const { status, stdout, stderr } = spawnSync(PYTHON, [script], { encoding: 'utf8', input });
    if (status !== 0) throw new Error(stderr);
    theirs = new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { id: string; breaking: boolean })
        .map(({ id, breaking }) => [id, breaking]),
    );
  });

  it('answers for every pair', () => {
    expect([...theirs.keys()].sort()).toEqual(PAIRS.map(({ id }) => id).sort());
  });

  it('misses what is not of its checks, and ours does not', () => {
    const scores = { ours: score(ours), theirs: score(({ id }) => theirs.get(id)!) };
    const breaking = PAIRS.filter((pair) => pair.breaking).length;
    const rows = Object.entries(scores).map(
      ([who, { precision, recall, missed, falseAlarms }]) =>
        `${who}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, missed ${missed}, false alarms ${falseAlarms}`,
    );
    process.stdout.write(`${PAIRS.length} pairs of contracts, ${breaking} breaking\n${rows.join('\n')}\n`);
    expect(scores.ours).toMatchObject({ recall: 1 });
    expect(scores.ours.precision).toBeGreaterThanOrEqual(0.98);
    expect(scores.ours.recall).toBeGreaterThan(scores.theirs.recall);
  });

  it.each(PASSED_ELSEWHERE)('lets pass that %s', (id) => {
    const pair = PAIRS.find((one) => one.id === id)!;
    expect({ theirs: theirs.get(id), ours: ours(pair) }).toEqual({ theirs: false, ours: true });
  });
});
