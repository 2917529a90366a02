import { stepsOf } from '@das/collector';
import { judge, sampleEvents, testKeys } from '@das/collector-testing';
import { shipmentsEvents } from './collector';

const [contract] = shipmentsEvents.contracts;

describe('shipments-events-collector', () => {
  const steps = stepsOf(shipmentsEvents, { keys: testKeys() });
  const next = sampleEvents(contract, { seed: 1 });
  const judged = (event: object) => judge(steps, contract, Buffer.from(JSON.stringify(event)));

  it('lands every event that keeps the contract', () => {
    for (let count = 0; count < 500; count++) expect(judged(next())).toBeUndefined();
  });

  it.each([
    ['unknown_version', { schema_version: '9.0.0' }],
    ['schema_violation', { event_ts: 'yesterday' }],
    ['schema_violation', { event_id: undefined }],
  ])('refuses an event as %s: %j', (reason, change) => {
    expect(judged({ ...next(), ...change })).toMatchObject({ outcome: 'dead', reason });
  });
});
