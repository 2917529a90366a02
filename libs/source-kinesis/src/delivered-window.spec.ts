import type { SourceRecord } from '@das/pipeline';
import { DeliveredWindow } from './delivered-window';

const record = (position: string): SourceRecord => ({
  position,
  key: null,
  value: null,
  timestampMs: undefined,
  headers: [],
});

describe('what was delivered', () => {
  it('is counted between any two places within it, and not beyond', () => {
    const window = new DeliveredWindow('10:0');
    expect([window.end, window.count('10:0', '10:0'), window.count('10:0', '11:0')]).toEqual([
      '10:0',
      0,
      undefined,
    ]);
    window.add(['12:0', '12:1', '15:0'].map(record));
    expect(window.end).toBe('15:0');
    expect(window.count('10:0', '15:0')).toBe(3);
    expect(window.count('12:0', '15:0')).toBe(2);
    expect(window.count('13:0', '14:0')).toBe(0);
    expect(window.count('15:0', '12:0')).toBe(0);
    expect(window.count('9:0', '15:0')).toBeUndefined();
    expect(window.count('12:0', '16:0')).toBeUndefined();
  });

  it('is forgotten once it is done', () => {
    const window = new DeliveredWindow('10:0');
    window.add(['11:0', '12:0', '13:0'].map(record));
    window.done('12:0');
    expect([window.count('10:0', '13:0'), window.count('12:0', '13:0')]).toEqual([undefined, 1]);
    window.done('13:0');
    expect([window.end, window.count('13:0', '13:0')]).toEqual(['13:0', 0]);
  });

  it('is kept within bounds', () => {
    const window = new DeliveredWindow('0:0');
    for (let page = 0; page < 5; page++)
      window.add(Array.from({ length: 10_000 }, (_, index) => record(`${page * 10_000 + index + 1}:0`)));
    expect(window.count('0:0', '50000:0')).toBeUndefined();
    expect(window.count('40000:0', '50000:0')).toBe(10_000);
  });
});
