import { chaosOf } from './run-of';

chaosOf('kafka', 2);
