import { retryDelayMs } from './retry-delay';

it('retries at once at first, then ever later, and never later than goes unnoticed after an outage', () => {
  expect([0, 1, 2, 3].map(retryDelayMs)).toEqual([50, 100, 200, 400]);
  for (const attempts of [7, 30, 2_000]) expect(retryDelayMs(attempts)).toBe(5_000);
});
