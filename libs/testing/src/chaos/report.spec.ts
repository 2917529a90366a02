import { complaints, type ChaosReport } from './report';

const clean: ChaosReport = {
  profile: 'recovery',
  source: 'kafka',
  seed: 1,
  minutes: 2,
  troubles: {},
  acknowledged: 10,
  produced: 11,
  rows: 11,
  dropped: 0,
  lost: 0,
  duplicated: 0,
  altered: 0,
  misordered: 0,
  stranded: 0,
  left: [],
  settleSeconds: [1],
  recordsPerSecond: 1,
  longestStallSeconds: 1,
  unexpectedExits: [],
  recovery: {
    cleanPerSecond: 10,
    troubledPerSecond: 5,
    ratio: 0.5,
    stallSeconds: [0.5, 1.999],
    saturatedStallSeconds: [9],
  },
};

describe('the verdict on a run', () => {
  it('is that nothing is wrong where nothing is', () => {
    expect(complaints(clean)).toEqual([]);
  });

  it.each<[string, Partial<ChaosReport>]>([
    ['lost: 1', { lost: 1 }],
    ['duplicated: 2', { duplicated: 2 }],
    ['altered: 3', { altered: 3 }],
    ['misordered: 4', { misordered: 4 }],
    ['stranded: 5', { stranded: 5 }],
    ['the source lacks 1 acknowledged events', { acknowledged: 12 }],
    ['left: 2 notifications', { left: ['2 notifications'] }],
    ['collector 1 ended (70)', { unexpectedExits: ['collector 1 ended (70)'] }],
    ['throughput fell to 0.49 of clean', { recovery: { ...clean.recovery!, ratio: 0.49 } }],
    ['a channel stalled for 2 s', { recovery: { ...clean.recovery!, stallSeconds: [0.1, 2] } }],
  ])('is %s', (complaint, wrong) => {
    expect(complaints({ ...clean, ...wrong })).toEqual([complaint]);
  });
});
