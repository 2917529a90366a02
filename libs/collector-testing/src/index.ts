export { collectorSuite, type CollectorSuite, type Judged } from './collector-suite';
export { judge } from './judge';
export { Random } from './random';
export { sampleEvents, type SampleEvent, type SampleOptions } from './sample-events';
export { testKeys } from './test-keys';
