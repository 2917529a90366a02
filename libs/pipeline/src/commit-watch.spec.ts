import { ManualClock } from '@das/testing';
import { CommitWatch } from './commit-watch';

const PATIENCE_MS = 10_000;

describe('the watch over commits', () => {
  let clock: ManualClock;
  let overdue: number[];
  let watch: CommitWatch;
  beforeEach(() => {
    clock = new ManualClock();
    overdue = [];
    watch = new CommitWatch(clock, PATIENCE_MS, (seconds) => overdue.push(seconds));
  });

  /** Something is received, and committed so much later; when it is overdue, it is sent again and takes as long. */
  const commitAfter = (ms: number): void => {
    watch.begin();
    for (let waitedMs = 0; waitedMs < ms;) {
      const { length } = overdue;
      clock.advance(1_000);
      waitedMs = overdue.length === length ? waitedMs + 1_000 : 0;
      watch.begin();
    }
    watch.progress(true);
  };

  it('says so once nothing was committed for as long as its patience', () => {
    watch.begin();
    clock.advance(PATIENCE_MS - 1);
    expect(overdue).toEqual([]);
    clock.advance(1);
    expect(overdue).toEqual([10]);
  });

  it('keeps still while everything is committed, or is in time', () => {
    watch.begin();
    clock.advance(6_000);
    watch.progress(false);
    clock.advance(6_000);
    watch.progress(true);
    clock.advance(100_000);
    expect(overdue).toEqual([]);
  });

  it('gives up a slow service once, and not again while it stays as slow', () => {
    for (let round = 0; round < 5; round++) commitAfter(12_000);
    expect(overdue).toEqual([10]);
  });

  it('is as impatient as before once commits are quick again', () => {
    commitAfter(12_000);
    for (let round = 0; round < 3; round++) commitAfter(1_000);
    overdue = [];
    watch.begin();
    clock.advance(PATIENCE_MS);
    expect(overdue).toEqual([10]);
  });
});
