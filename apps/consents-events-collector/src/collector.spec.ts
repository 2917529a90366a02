import { createEventGenerator, judge, testKeys } from '@das/testing';
import { stepsOf } from '@das/collector';
import { consentsEvents } from './collector';

const NOW = Date.UTC(2026, 0, 1);

describe('consents-events-collector', () => {
  const steps = stepsOf(consentsEvents, { keys: testKeys() });
  const next = createEventGenerator({ stream: 'consents', seed: 1, partitions: 6, now: () => NOW });

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
    const event = JSON.parse(next().value?.toString() ?? '{}') as object;
    const changed = Buffer.from(JSON.stringify({ ...event, ...change }));
    expect(judge(steps, consentsEvents.contracts[0], changed)).toMatchObject({ outcome: 'dead', reason });
  });
});
