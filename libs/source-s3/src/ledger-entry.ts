import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Failure, type Checkpoint } from '@das/pipeline';

/**
 * `open`: to be read; `done`: every line is committed, and the channel is still to be dropped. The others are ends, which
 * nobody reads again.
 */
export type ObjectState = 'open' | 'done' | 'closed' | 'gone' | 'unreadable' | 'ignored';

/** An object that this process has to itself, as it was when it was claimed. */
export interface Claim {
  readonly id: string;
  /** Of this claim alone: a claim that was lost is never mistaken for a later one of the same process. */
  readonly owner: string;
  /** How often it was claimed since it last got further, this time included. */
  tries: number;
  /** Why the last try ended, if it was the object's fault. */
  readonly fault: string | undefined;
  readonly checkpoint: Checkpoint | undefined;
}

export type Item = Record<string, AttributeValue>;

export function stateOf(item: Item): ObjectState {
  return (item.state?.S ?? 'open') as ObjectState;
}

export function isOver(item: Item): boolean {
  const state = stateOf(item);
  return state !== 'open' && state !== 'done';
}

/** @throws Failure setup for an entry that no collector wrote */
export function checkpointOf(item: Item): Checkpoint | undefined {
  const { kind, position, sourceMs } = item;
  if (kind === undefined && position === undefined) return undefined;
  const said = kind?.S;
  if ((said === 'started' || said === 'committed' || said === 'done') && position?.S !== undefined) {
    const ms = sourceMs?.N === undefined ? {} : { sourceMs: Number(sourceMs.N) };
    return { kind: said, position: position.S, ...ms };
  }
  throw new Failure('setup', 's3_ledger_unreadable', 'an entry of the ledger cannot be understood', {
    cure: 'another program writes to the ledger’s table: give this one a table of its own',
  });
}

export function numberOf(item: Item, name: string): number {
  return Number(item[name]?.N ?? 0);
}
