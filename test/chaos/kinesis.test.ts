import { chaosOf } from './run-of';

chaosOf('kinesis', 1);
