import { stepsOf } from '@das/collector';
import { collectorSuite } from '@das/collector-testing';
import { eventsOf } from '@das/testing';
import { authEvents } from './collector';

collectorSuite(authEvents, { stepsOf, next: eventsOf('auth') });
