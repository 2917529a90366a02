import type { StreamContract } from '@das/contracts';
import type { Step } from '@das/pipeline';

/** Everything that makes a collector this collector. The rest comes from its contract and its environment. */
export interface CollectorDeclaration {
  /** The first part of every channel's name and the default consumer group: never change it in service. */
  readonly name: string;
  /** The app's version, for the column COLLECTOR. */
  readonly version: string;
  /** Of the template that it was made from, for `das fleet status`. */
  readonly template?: string;
  /** Every contract version that is still accepted, the newest first. */
  readonly contracts: readonly [StreamContract, ...StreamContract[]];
  /** Runs after validation; may drop an event (`filtered`) or refuse it. */
  readonly enrich?: Step;
}
