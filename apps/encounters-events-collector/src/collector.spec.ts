import { stepsOf } from '@das/collector';
import { collectorSuite } from '@das/collector-testing';
import { eventsOf } from '@das/testing';
import { encountersEvents } from './collector';

collectorSuite(encountersEvents, { stepsOf, next: eventsOf('encounters') }, (judged) => {
  it.each([
    { department: 'call 078-05-1120' },
    { patient_note: 'lost.12@example.org' },
    { facility: { id: 'fac_0001', name: 'MRN 88231457' } },
  ])('quarantines personal data where none was declared: %j', (change) => {
    expect(judged(change)).toMatchObject({ outcome: 'dead', reason: 'undeclared_phi', stage: 'scan' });
  });
});
