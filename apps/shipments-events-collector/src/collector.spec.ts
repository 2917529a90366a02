import { stepsOf } from '@das/collector';
import { collectorSuite } from '@das/collector-testing';
import { shipmentsEvents } from './collector';

collectorSuite(shipmentsEvents, { stepsOf });
