import { createEventGenerator, judge, testKeys } from '@das/testing';
import { stepsOf } from '@das/collector';
import { encountersEvents } from './collector';

const NOW = Date.UTC(2026, 0, 1);

describe('encounters-events-collector', () => {
  const steps = stepsOf(encountersEvents, { keys: testKeys() });
  const next = createEventGenerator({ stream: 'encounters', seed: 1, partitions: 6, now: () => NOW });

  /** What becomes of an event in which something is otherwise; undefined: it goes on. */
  function judged(change: object) {
    const event = JSON.parse(next().value?.toString() ?? '{}') as object;
    return judge(steps, encountersEvents.contracts[0], Buffer.from(JSON.stringify({ ...event, ...change })));
  }

  it('lands every event that keeps the contract', () => {
    for (let count = 0; count < 500; count++) {
      expect(judge(steps, encountersEvents.contracts[0], next().value)).toBeUndefined();
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

  it.each([
    { department: 'call 078-05-1120' },
    { patient_note: 'lost.12@example.org' },
    { facility: { id: 'fac_0001', name: 'MRN 88231457' } },
  ])('quarantines personal data where none was declared: %j', (change) => {
    expect(judged(change)).toMatchObject({ outcome: 'dead', reason: 'undeclared_phi', stage: 'scan' });
  });
});
