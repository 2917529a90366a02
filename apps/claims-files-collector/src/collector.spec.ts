import { stepsOf } from '@das/collector';
import { collectorSuite } from '@das/collector-testing';
import { eventsOf } from '@das/testing';
import { claimsFiles } from './collector';

collectorSuite(claimsFiles, { stepsOf, next: eventsOf('claims') }, (judged) => {
  it.each([{ claim_id: 'see 078-05-1120' }, { claim_id: 'lost.12@example.org' }])(
    'quarantines personal data where none was declared: %j',
    (change) => {
      expect(judged(change)).toMatchObject({ outcome: 'dead', reason: 'undeclared_phi', stage: 'scan' });
    },
  );

  it('lands an event without what its contract does not name', () => {
    expect(judged({ comment: 'from the old system' })).toBeUndefined();
  });
});
