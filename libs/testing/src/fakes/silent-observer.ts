import type { PipelineObserver } from '@das/pipeline';

const nothing = (): void => undefined;

/** Hears everything and does nothing; spread it to hear of some things only. */
export const silentObserver: PipelineObserver = {
  settled: nothing,
  committed: nothing,
  rejected: nothing,
  assigned: nothing,
  running: nothing,
  released: nothing,
  failed: nothing,
  fuseBlown: nothing,
  fuseReset: nothing,
  gap: nothing,
  checkpointFailed: nothing,
  bytesHeld: nothing,
};
