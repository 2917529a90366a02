import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import { claimsFilesV1 } from '@contracts/brook-health';
import type { StreamContract } from '@das/contracts';
import type { StreamCount } from '../../../scripts/demo/measure-stream';
import { isClean, resultOf } from '../../../scripts/demo/result';
import { summary } from '../../../scripts/demo/summary';

/** What was counted of a stream, all of it well, but for what is said. */
function counted(contract: StreamContract, produced: number, found: Partial<StreamCount> = {}): StreamCount {
  const feed = { source: { kind: 'journal', dir: '' } } as unknown as StreamCount['stream']['feed'];
  return {
    stream: { app: 'any', events: 'orders', contract, folds: [], feed },
    produced,
    rows: produced,
    dead: {},
    dropped: 0,
    lost: 0,
    duplicated: 0,
    altered: 0,
    misordered: 0,
    latencies: { bronze: [1, 2], gold: [3, 4] },
    ...found,
  };
}

const COUNTS = [
  counted(ordersEventsV1, 10, { dead: { not_json: 2 } }),
  counted(authEventsV1, 20, { dead: { not_json: 1, not_utf8: 1 }, dropped: 1, rows: 19 }),
  counted(claimsFilesV1, 1_000, { lost: 3, latencies: { bronze: [9], gold: [] } }),
];
const SNAPSHOT = {
  folder: '',
  tables: {
    'BROOK_COMMERCE.SILVER.ORDERS_EVENTS': 8,
    'BROOK_COMMERCE.GOLD.ORDERS': 4,
    'BROOK_HEALTH.GOLD.CLAIMS': 5,
    'BROOK_OTHER.GOLD.THINGS': 0,
  },
  tests: { passed: 7, failed: 0 },
};

describe("the demo's result", () => {
  it('sums up what was counted, and keeps it apart by domain and stream', () => {
    const result = resultOf(COUNTS, SNAPSHOT, 10);
    expect(result).toMatchObject({
      ...{ produced: 1_030, dropped: 1, lost: 3, duplicated: 0, altered: 0, misordered: 0 },
      bronze: {
        'BROOK_COMMERCE.BRONZE.ORDERS_EVENTS_V1': 10,
        'BROOK_COMMERCE.BRONZE.AUTH_EVENTS_V1': 19,
        'BROOK_HEALTH.BRONZE.CLAIMS_FILES_V1': 1_000,
      },
      dead: { not_json: 3, not_utf8: 1 },
      tests: { passed: 7, failed: 0 },
      eventsPerSecond: 103,
      domains: {
        brook_commerce: {
          streams: {
            orders_events_v1: { source: 'journal', produced: 10, rows: 10, dead: 2, lost: 0 },
            auth_events_v1: { produced: 20, rows: 19, dead: 2, dropped: 1 },
          },
          gold: { 'BROOK_COMMERCE.GOLD.ORDERS': 4 },
          latencySeconds: { bronze: { p50: 2, p99: 2 }, gold: { p50: 4 } },
        },
        brook_health: { streams: { claims_files_v1: { lost: 3 } }, silver: {} },
      },
    });
    // Of what the demo does not feed dbt makes empty tables.
    expect(result.gold).toEqual({ 'BROOK_COMMERCE.GOLD.ORDERS': 4, 'BROOK_HEALTH.GOLD.CLAIMS': 5 });
    expect(isClean(result)).toBe(false);
  });

  it('has nothing of what is not made', () => {
    const result = resultOf(COUNTS, undefined, 10);
    for (const key of ['silver', 'gold', 'tests']) expect(result).not.toHaveProperty(key);
    expect(result.latencySeconds).not.toHaveProperty('gold');
    expect(result.domains.brook_health).not.toHaveProperty('gold');
    expect(summary(result)).not.toContain('GOLD');
  });

  it('is told by domain, a line for each stream, with what went wrong where it did', () => {
    const text = summary(resultOf(COUNTS, SNAPSHOT, 10));
    expect(text).toMatch(/^BROOK_COMMERCE\n {2}stream +source +records +BRONZE +dead/m);
    expect(text).toMatch(/^ {2}auth_events_v1 +journal +20 +19 +2 +1 +0 +0 +0 +0$/m);
    expect(text).toMatch(/^BROOK_HEALTH\n.*\n {2}claims_files_v1 +journal +1,000 +1,000 +0 +0 +3 /m);
    expect(text).toContain('\n  GOLD: CLAIMS 5\n');
    expect(text).toContain('NOT exactly once');
    const clean = COUNTS.filter(({ lost }) => lost === 0);
    expect(summary(resultOf(clean, SNAPSHOT, 10))).toContain('and every event in SILVER and GOLD.');
  });
});
