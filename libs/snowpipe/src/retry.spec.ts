import { readRetryAfter, retryWaitMs } from './retry';

const limits = { attempts: 5, retryForMs: 10_000, longestBackoffMs: 500 };
const tried = { attempt: 0, elapsedMs: 0, retryAfterMs: undefined };

describe('the wait before the same request again', () => {
  it('doubles up to its bound, with full jitter', () => {
    const ceilings = [0, 1, 2, 3].map((attempt) => retryWaitMs({ ...tried, attempt }, limits, 1));
    expect(ceilings).toEqual([100, 200, 400, 500]);
    expect(retryWaitMs({ ...tried, attempt: 3 }, limits, 0.5)).toBe(250);
    expect(retryWaitMs({ ...tried, attempt: 3 }, limits, 0)).toBe(0);
  });

  it('is never shorter than the service asked for', () => {
    expect(retryWaitMs({ ...tried, retryAfterMs: 7_000 }, limits, 0)).toBe(7_000);
    expect(retryWaitMs({ ...tried, retryAfterMs: 7_000 }, limits, 0.5)).toBe(7_050);
  });

  it('ends with the attempts, and with the time', () => {
    expect(retryWaitMs({ ...tried, attempt: 4 }, limits, 0)).toBeUndefined();
    expect(retryWaitMs({ ...tried, elapsedMs: 9_950 }, limits, 0.5)).toBe(50);
    expect(retryWaitMs({ ...tried, elapsedMs: 9_951 }, limits, 0.5)).toBeUndefined();
    expect(retryWaitMs({ ...tried, retryAfterMs: 11_000 }, limits, 0)).toBeUndefined();
  });
});

it.each([
  ['3', 3_000],
  ['0.5', 500],
  ['Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s is %s ms', (header, ms) => {
  expect(readRetryAfter(header, Date.UTC(2026, 0, 1))).toBe(ms);
});
