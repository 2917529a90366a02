import type { StreamContract } from '@das/contracts';
import { generatedStream, type GeneratedStream } from '@das/testing';
import { collectorOf } from '../../apps/das-cli/src/streams';
import type { Fold } from './folds';

/** Of a journal that stands for something without partitions. */
const STAND_IN_PARTITIONS = 2;

/** What the demo runs: a collector for each stream. */
export interface DemoStream {
  readonly app: string;
  readonly events: GeneratedStream;
  readonly contract: StreamContract;
  /** The tables of GOLD that its events are folded into. */
  readonly folds: readonly Fold[];
}

/** @returns undefined for a stream that nobody generates events of */
export function demoStream(contract: StreamContract, folds: readonly Fold[]): DemoStream | undefined {
  const events = generatedStream(contract.stream);
  return events === undefined ? undefined : { app: collectorOf(contract), events, contract, folds };
}

export function tableName({ table }: Pick<StreamContract, 'table'>): string {
  return `${table.database}.${table.schema}.${table.name}`;
}

/** How many the generator knows of; a source that has no fixed number of them places events itself. */
export function partitionsOf({ source }: StreamContract): number {
  return source.kind === 'kafka' ? source.partitions : STAND_IN_PARTITIONS;
}
