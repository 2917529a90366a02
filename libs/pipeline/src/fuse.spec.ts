import fc from 'fast-check';
import { Fuse } from './fuse';

/** `x`: dead; anything else: not. */
function feed(fuse: Fuse, outcomes: string): number {
  let fed = 0;
  for (const outcome of outcomes) {
    fuse.settled(outcome === 'x' ? 'not_json' : undefined);
    fed++;
    if (fuse.blown !== undefined) break;
  }
  return fed;
}

describe('the fuse', () => {
  it.each([
    ['an unbroken run', 'xxxxxxx', 4],
    ['one after good records', '...................xxxx', 23],
    ['more than the ratio', 'x.x.x.x.x', 7],
    ['a run that good records thin out, just not enough', 'x..xx....x', 10],
  ])('blows on %s', (_, outcomes, after) => {
    const fuse = new Fuse({ fuseRatio: 0.3, fuseRunLength: 4 });
    expect(feed(fuse, outcomes)).toBe(after);
    expect(fuse.blown).toBeDefined();
  });

  it.each([
    ['a few bad records, however close', 'xxx'],
    ['exactly the ratio', 'x...x...x..'.repeat(20)],
    ['a slow leak', 'x.........'.repeat(100)],
  ])('stays whole on %s', (_, outcomes) => {
    const fuse = new Fuse({ fuseRatio: 4 / 12, fuseRunLength: 4 });
    feed(fuse, outcomes);
    expect(fuse.blown).toBeUndefined();
  });

  it('blows on an unbroken run alone where the ratio is 1', () => {
    const fuse = new Fuse({ fuseRatio: 1, fuseRunLength: 3 });
    expect(feed(fuse, 'xx.xx.xx.xxx')).toBe(12);
  });

  it('says on what it blew', () => {
    const fuse = new Fuse({ fuseRatio: 0.5, fuseRunLength: 3 });
    for (const reason of ['not_json', undefined, 'too_late', 'too_late'] as const) fuse.settled(reason);
    expect(fuse.blown).toEqual({
      refused: 3,
      among: 4,
      reasons: [
        ['too_late', 2],
        ['not_json', 1],
      ],
    });
  });

  it('counts what the table rejects among the rows that it was given', () => {
    const fuse = new Fuse({ fuseRatio: 0.2, fuseRunLength: 10 });
    for (let commit = 0; commit < 20; commit++) fuse.committed(1_000, 100);
    expect(fuse.blown).toBeUndefined();
    fuse.committed(1_000, 300);
    expect(fuse.blown?.reasons).toEqual([['rejected', 10]]);
  });

  it('takes rejections that came without a commit for a run', () => {
    const fuse = new Fuse({ fuseRatio: 0.2, fuseRunLength: 10 });
    fuse.committed(0, 9);
    expect(fuse.blown).toBeUndefined();
    fuse.committed(0, 1);
    expect(fuse.blown).toBeDefined();
  });

  it('remembers nothing once it is reset', () => {
    const fuse = new Fuse({ fuseRatio: 0.5, fuseRunLength: 3 });
    feed(fuse, 'xxx');
    fuse.reset();
    expect(feed(fuse, 'xx')).toBe(2);
    expect(fuse.blown).toBeUndefined();
    feed(fuse, 'x');
    expect(fuse.blown).toBeDefined();
  });

  it('blows exactly when some so many refusals in a row lie within too few records', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(0.2, 0.5, 0.9, 1),
        (dead, fuseRunLength, fuseRatio) => {
          const fuse = new Fuse({ fuseRatio, fuseRunLength });
          const blewAt = dead.findIndex((isDead) => {
            fuse.settled(isDead ? 'not_json' : undefined);
            return fuse.blown !== undefined;
          });
          const places = dead.flatMap((isDead, place) => (isDead ? [place] : []));
          const expected = places.find((place, nth) => {
            const first = places[nth - fuseRunLength + 1];
            if (first === undefined) return false;
            const among = place - first + 1;
            return among === fuseRunLength || fuseRunLength / among > fuseRatio;
          });
          expect(blewAt).toBe(expected ?? -1);
        },
      ),
    );
  });
});
