import { chaosOf } from './run-of';

chaosOf('journal', { rounds: 1, deck: 'half' }, { records: 10_000, kills: 6 });
