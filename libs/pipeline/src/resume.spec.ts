import { decideResume, type ResumeFacts } from './resume';

const token = (position: string) => ({ position, keyId: 'k', hash: 'h'.repeat(16) });

function decide(facts: Partial<ResumeFacts>, policy: Partial<ResumeFacts['policy']> = {}) {
  return decideResume({
    token: undefined,
    checkpoint: undefined,
    bounds: { before: '9', last: '99' },
    compare: (a, b) => Number(a) - Number(b),
    ...facts,
    policy: { startFrom: 'earliest', onGap: 'stop', onOffsetRegression: 'stop', ...policy },
  });
}

describe('the resume table', () => {
  it('resumes at the token, to compare the record there, whatever the checkpoint says', () => {
    const expected = { kind: 'seek', target: { at: '50' } };
    expect(decide({ token: token('50') })).toEqual(expected);
    expect(decide({ token: token('50'), checkpoint: { position: '70', kind: 'committed' } })).toEqual(
      expected,
    );
  });

  it('finds no gap when the record at the token is gone but the next one is there', () => {
    expect(decide({ token: token('9') })).toEqual({ kind: 'seek', target: { at: '9' } });
  });

  it('finds a gap where retention passed the token, and whether the contract accepts it', () => {
    const gap = { from: '5', to: '9' };
    expect(decide({ token: token('5') })).toEqual({ kind: 'gap', gap, accepted: false });
    expect(decide({ token: token('5') }, { onGap: 'continue' })).toEqual({
      kind: 'gap',
      gap,
      accepted: true,
    });
  });

  it('stops at a shorter log, or opens the next epoch', () => {
    expect(decide({ token: token('100') })).toMatchObject({
      kind: 'stop',
      failure: { kind: 'setup', code: 'log_recreated' },
    });
    expect(decide({ token: token('100') }, { onOffsetRegression: 'restart' })).toEqual({
      kind: 'next-epoch',
    });
  });

  it.each([
    ['earliest', '9'],
    ['latest', '99'],
  ] as const)('pins a first start from %s', (startFrom, position) => {
    expect(decide({}, { startFrom })).toEqual({ kind: 'seek', target: { after: position }, pin: position });
  });

  it('keeps to the pinned start when nothing was committed yet', () => {
    const checkpoint = { position: '20', kind: 'started' } as const;
    expect(decide({ checkpoint }, { startFrom: 'latest' })).toEqual({
      kind: 'seek',
      target: { after: '20' },
    });
    expect(decide({ checkpoint: { position: '2', kind: 'started' } })).toMatchObject({ kind: 'gap' });
  });

  it('stops with the cure when the channel lost its token', () => {
    expect(decide({ checkpoint: { position: '50', kind: 'committed' } })).toMatchObject({
      kind: 'stop',
      failure: { kind: 'setup', code: 'channel_lost', cure: expect.stringContaining('recover') as string },
    });
  });
});
