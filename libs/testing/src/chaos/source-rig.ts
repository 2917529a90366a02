import type { StreamContract } from '@das/contracts';
import type { GeneratedEvent, GeneratorOptions } from '../events/generator';
import type { ExpectedRecord } from '../oracle/expected-records';
import type { Landing } from '../oracle/landing';
import type { CollectorSource } from '../processes/das-processes';
import type { SourceTrouble } from './source-trouble';

export const SOURCE_KINDS = ['journal', 'kafka', 'kinesis', 's3'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Each partition's last record, by its position. */
export type Ends = ReadonlyMap<string, string>;

/** A source of a chaos run: a real one, what flows into it, what can befall it, and what it holds in the end. */
export interface SourceRig {
  /** The shipped collector that reads it, and its contract. */
  readonly app: string;
  readonly contract: StreamContract;
  readonly collectorSource: CollectorSource;
  /** Settings with which a collector soon notices what there is to notice. */
  readonly env: Readonly<Record<string, string>>;
  readonly events: Pick<GeneratorOptions, 'stream' | 'partitions'>;
  readonly eventsPerSecond: number;
  /** Between two sendings, milliseconds. */
  readonly everyMs: number;
  /**
   * After a trouble nothing else befalls anybody until something was committed, or so long, milliseconds: where nothing
   * is on its way, nothing can be lost.
   */
  readonly respiteMs: number;
  /** So long after all is well everything is committed, at the latest. */
  readonly settleSeconds: number;
  /** Troubles that only this source has. */
  readonly troubles: readonly SourceTrouble[];
  /** Partitions that have a channel about now, at least one. */
  partitions(): readonly string[];
  /** One after another, until the source has them all. It may have some of them twice then, as records of their own. */
  send(events: readonly GeneratedEvent[]): Promise<void>;
  /** Sends one good event to the end of every partition that may have more. @returns where everything ends */
  end(good: () => GeneratedEvent): Promise<Ends>;
  /** Nothing befalls it any more. */
  heal(): Promise<void>;
  /** Resolves when so many collectors share it, where the source itself can tell. @throws Error in vain */
  stable?(members: number): Promise<void>;
  /** What is left to do though everything is committed: nothing, in the end. */
  left(): Promise<readonly string[]>;
  /** Everything that it holds, as the oracle reads it. @param landing - what is to land of a value */
  records(landing: Landing): AsyncIterable<ExpectedRecord>;
  stop(): Promise<void>;
}
