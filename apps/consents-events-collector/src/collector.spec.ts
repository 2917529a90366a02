import { stepsOf } from '@das/collector';
import { collectorSuite } from '@das/collector-testing';
import { eventsOf } from '@das/testing';
import { consentsEvents } from './collector';

collectorSuite(consentsEvents, { stepsOf, next: eventsOf('consents') }, (judged) => {
  it('refuses what its contract does not name', () => {
    expect(judged({ comment: 'lost.12@example.org' })).toMatchObject({ outcome: 'dead' });
  });
});
