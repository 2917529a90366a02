import { chaosOf } from './run-of';

chaosOf('kafka', { rounds: 2 }, { records: 20_000, kills: 20 });
