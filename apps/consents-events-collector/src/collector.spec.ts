import { createEventGenerator, judge, testKeys } from '@das/testing';
import { stepsOf } from '@das/collector';
import { consentsEvents } from './collector';

const NOW = Date.UTC(2026, 0, 1);

describe('consents-events-collector', () => {
  const steps = stepsOf(consentsEvents, { keys: testKeys() });
  const next = createEventGenerator({ stream: 'consents', seed: 1, partitions: 6, now: () => NOW });

  /** What becomes of an event in which something is otherwise; undefined: it goes on. */
  function judged(change: object) {
    const event = JSON.parse(next().value?.toString() ?? '{}') as object;
    return judge(steps, consentsEvents.contracts[0], Buffer.from(JSON.stringify({ ...event, ...change })));
  }

  it('lands every event that keeps the contract', () => {
    for (let count = 0; count < 500; count++) {
      expect(judge(steps, consentsEvents.contracts[0], next().value)).toBeUndefined();
    }
  });

  it.each([
    ['unknown_version', { schema_version: '9.0.0' }],
    ['schema_violation', { region: 'MOON' }],
    ['schema_violation', { event_ts: 'yesterday' }],
    ['schema_violation', { event_id: undefined }],
  ])('refuses an event as %s: %j', (reason, change) => {
    expect(judged(change)).toMatchObject({ outcome: 'dead', reason });
  });

  it('refuses what its contract does not name', () => {
    expect(judged({ comment: 'lost.12@example.org' })).toMatchObject({ outcome: 'dead' });
  });
});
