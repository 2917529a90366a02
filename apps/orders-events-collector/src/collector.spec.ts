import { stepsOf } from '@das/collector';
import { collectorSuite } from '@das/collector-testing';
import { eventsOf } from '@das/testing';
import { ordersEvents } from './collector';

collectorSuite(ordersEvents, { stepsOf, next: eventsOf('orders') });
