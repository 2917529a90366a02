import { chaosOf } from './run-of';

chaosOf('kinesis', { rounds: 1, deck: 'half' }, { records: 5_000, kills: 6 });
