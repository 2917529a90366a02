import { chaosOf } from './run-of';

chaosOf('journal', 1);
