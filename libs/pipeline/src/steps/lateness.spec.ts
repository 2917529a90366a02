import type { StreamContract } from '@das/contracts';
import { ManualClock } from '@das/testing';
import type { Draft } from '../outcome';
import { lateness } from './lateness';

const NOW = Date.UTC(2026, 0, 10);
const HOUR = 3_600_000;
const contract = {
  paths: { eventTs: ['ts'] },
  lateness: { watermarkSeconds: 7_200, allowedSeconds: 86_400 },
} as unknown as StreamContract;

function judge(ageMs: number, timestampMs: number | undefined) {
  const draft: Draft = {
    record: { position: '1', key: null, value: null, timestampMs, headers: [] },
    payload: new Uint8Array(0),
    event: { ts: new Date(NOW - ageMs).toISOString() },
    contract,
    isLate: false,
    phiTags: [],
    linkTokens: undefined,
  };
  return { outcome: lateness(new ManualClock(NOW))(draft), isLate: draft.isLate };
}

describe('lateness', () => {
  it.each([
    ['on time', HOUR, false],
    ['after the watermark', 3 * HOUR, true],
    ['a clock ahead', -HOUR, false],
  ])('%s', (_, age, isLate) => {
    expect(judge(age, NOW)).toEqual({ outcome: undefined, isLate });
  });

  it('refuses what came after the allowed lateness, by the time at which the source took it', () => {
    expect(judge(48 * HOUR, NOW).outcome).toMatchObject({ reason: 'too_late', errors: [{ path: '/ts' }] });
    expect(judge(48 * HOUR, NOW - 47 * HOUR)).toEqual({ outcome: undefined, isLate: false });
  });

  it('never refuses a record whose arrival nobody knows: a backfill', () => {
    expect(judge(48 * HOUR, undefined)).toEqual({ outcome: undefined, isLate: true });
  });
});
