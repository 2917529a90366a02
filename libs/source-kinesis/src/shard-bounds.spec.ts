import { boundsOf, type BoundsFacts } from './shard-bounds';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;
const OLD = { createdMs: NOW - 500 * HOUR, retentionMs: 24 * HOUR };
const YOUNG = { createdMs: NOW - HOUR, retentionMs: 24 * HOUR };
const COMMITTED = { position: '150:0', kind: 'committed' } as const;

const bounds = (facts: Partial<BoundsFacts>) =>
  boundsOf({
    nowMs: NOW,
    stream: OLD,
    shard: { id: 's', start: '100', isClosed: false, parents: [] },
    first: { sequence: '200', arrivedMs: NOW - HOUR },
    last: '300:0',
    checkpoint: undefined,
    nothingBeforeMs: undefined,
    ...facts,
  });

describe('what of a shard can be read', () => {
  it('begins before the first record, or with the shard where the stream is younger than its retention', () => {
    expect(bounds({})).toEqual({ before: '199:0', last: '300:0' });
    expect(bounds({ stream: YOUNG })).toEqual({ before: '99:0', last: '300:0' });
  });

  it('begins before the first record where that is before the checkpoint', () => {
    const first = { sequence: '120', arrivedMs: NOW - HOUR };
    expect(bounds({ first, checkpoint: COMMITTED, nothingBeforeMs: NOW - HOUR }).before).toBe('119:0');
  });

  it('has no gap after a checkpoint when all that came after it came within the retention', () => {
    const checkpoint = COMMITTED;
    expect(bounds({ checkpoint, nothingBeforeMs: NOW - 23 * HOUR }).before).toBe('150:0');
    expect(bounds({ checkpoint, nothingBeforeMs: NOW - 25 * HOUR }).before).toBe('199:0');
    expect(bounds({ checkpoint, nothingBeforeMs: undefined }).before).toBe('199:0');
  });

  it('is nothing where nothing was ever put', () => {
    expect(bounds({ first: undefined, last: undefined })).toEqual({ before: '99:0', last: '99:0' });
  });

  it('goes on after the checkpoint where all was read and has gone; else there is a gap', () => {
    const gone = { first: undefined, last: undefined, checkpoint: COMMITTED };
    const kept = bounds({ ...gone, nothingBeforeMs: NOW - HOUR });
    expect(kept.before).toBe('150:0');
    // The channel may have come further than its checkpoint.
    expect(kept.last > '150:0').toBe(true);
    expect(bounds({ ...gone, nothingBeforeMs: NOW - 25 * HOUR }).before).toBe('150:1');
    expect(bounds({ ...gone, nothingBeforeMs: NOW - HOUR, last: '150:0' }).last).toBe('150:0');
  });

  it('has a gap after a checkpoint of a stream that was made anew', () => {
    const checkpoint = { position: '50:0', kind: 'committed' } as const;
    const anew = { stream: YOUNG, checkpoint, nothingBeforeMs: NOW - 2 * HOUR };
    expect(bounds(anew).before).toBe('99:0');
    expect(bounds({ ...anew, first: undefined, last: undefined })).toEqual({ before: '99:0', last: '99:0' });
  });
});
