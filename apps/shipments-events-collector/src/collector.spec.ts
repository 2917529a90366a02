import { stepsOf } from '@das/collector';
import { collectorSuite } from '@das/collector-testing';
import { eventsOf } from '@das/testing';
import { shipmentsEvents } from './collector';

collectorSuite(shipmentsEvents, { stepsOf, next: eventsOf('shipments') }, (judged) => {
  it('quarantines what looks personal where none was declared', () => {
    expect(judged({ order_id: 'for 078-05-1120' })).toMatchObject({
      outcome: 'dead',
      reason: 'undeclared_phi',
      stage: 'scan',
    });
  });

  it('refuses what its contract does not name', () => {
    expect(judged({ comment: 'left with a neighbour' })).toMatchObject({ reason: 'unknown_field' });
  });
});
