import { ACCESS_PAIRS } from './access-pairs';
import { CONSUMER_PAIRS } from './consumer-pairs';
import { FILE_PAIRS } from './file-pairs';
import { GOVERNANCE_PAIRS } from './governance-pairs';
import { NEAR_MISSES } from './near-misses';
import { NETWORK_PAIRS } from './network-pairs';
import type { Pair } from './pair';
import { PROMISE_PAIRS } from './promise-pairs';
import { SHARE_PAIRS } from './share-pairs';
import { SOURCE_PAIRS } from './source-pairs';

export type { Pair } from './pair';

/** Every pair that comparisons are held to: ours, and others for the sake of knowing. */
export const CORPUS: readonly Pair[] = [
  ...CONSUMER_PAIRS,
  ...GOVERNANCE_PAIRS,
  ...SHARE_PAIRS,
  ...PROMISE_PAIRS,
  ...SOURCE_PAIRS,
  ...NEAR_MISSES,
  ...FILE_PAIRS,
  ...ACCESS_PAIRS,
  ...NETWORK_PAIRS,
];
