import { stepsOf } from '@das/collector';
import { collectorSuite } from '@das/collector-testing';
import { widgetsEvents } from './collector';

collectorSuite(widgetsEvents, { stepsOf });
