export { ManualClock } from './fakes/manual-clock';
export { MemorySink, type CommittedRow } from './fakes/memory-sink';
