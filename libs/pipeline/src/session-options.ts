import type { StreamContract } from '@das/contracts';
import type { ByteBudget } from './byte-budget';
import type { DeadPayloadSealer } from './envelope';
import type { Failure } from './failure';
import type { PipelineObserver } from './observer';
import type { Step } from './outcome';
import type { Clock } from './ports/clock';
import type { KeyProvider } from './ports/key-provider';
import type { Sink } from './ports/sink';
import type { Source } from './ports/source';

/** What every partition of a collector shares. */
export interface SessionOptions {
  /** The collector's name: the first part of every channel's name. */
  readonly collector: string;
  readonly version: string;
  /** The stream's newest contract. */
  readonly contract: StreamContract;
  readonly steps: readonly Step[];
  readonly source: Source;
  readonly sink: Sink;
  readonly clock: Clock;
  readonly keys: KeyProvider;
  readonly sealer: DeadPayloadSealer;
  readonly budget: ByteBudget;
  readonly observer: PipelineObserver;
  /** How often the source's witness is written, milliseconds. */
  readonly checkpointMs: number;
  /** Between looks at a set-up failure, milliseconds. */
  readonly setupRetryMs: number;
  /** Rows that were received and are not committed after so long are sent again, milliseconds. */
  readonly commitPatienceMs: number;
  readonly onFatal: (failure: Failure) => void;
}
