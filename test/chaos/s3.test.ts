import { chaosOf } from './run-of';

chaosOf('s3', { rounds: 1, deck: 'half' }, { records: 4_000, kills: 6 });
