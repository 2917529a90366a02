import { chaosOf } from './run-of';

chaosOf('s3', 1);
