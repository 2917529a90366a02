import { durationSeconds } from './duration';

describe('durationSeconds', () => {
  it.each([
    ['PT5S', 5],
    ['PT2H', 7200],
    ['P1D', 86_400],
    ['P1DT1H1M1S', 90_061],
  ])('%s is %d s', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });
});
