import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Checkpoint } from '@das/pipeline';
import type { Lease } from './lease';

type Item = Readonly<Record<string, AttributeValue>>;

/** A lease as the table's item has it. */
export function leaseOf(item: Item): Lease {
  return {
    shard: item.shard?.S ?? '',
    start: item.start?.S ?? '',
    owner: item.owner?.S,
    term: numberOf(item.term) ?? 0,
    beat: numberOf(item.beat) ?? 0,
    checkpoint: checkpointOf(item),
    nothingBeforeMs: numberOf(item.nothingBeforeMs),
    skipped: item.skipped?.BOOL === true,
    finished: item.finished?.BOOL === true,
  };
}

function checkpointOf({ position, kind, sourceMs }: Item): Checkpoint | undefined {
  const said = kind?.S;
  if (position?.S === undefined) return undefined;
  if (said !== 'started' && said !== 'committed' && said !== 'done') return undefined;
  const ms = numberOf(sourceMs);
  return { position: position.S, kind: said, ...(ms !== undefined && { sourceMs: ms }) };
}

function numberOf(value: AttributeValue | undefined): number | undefined {
  return value?.N === undefined ? undefined : Number(value.N);
}

/** What is written of a lease; `undefined` takes the attribute away. */
export type LeaseChange = Readonly<Record<string, string | number | boolean | undefined>>;

export function changeOfCheckpoint({ position, kind, sourceMs }: Checkpoint): LeaseChange {
  return { position, kind, sourceMs };
}

export function attributeOf(value: string | number | boolean): AttributeValue {
  if (typeof value === 'string') return { S: value };
  return typeof value === 'number' ? { N: String(value) } : { BOOL: value };
}

/** An update of DynamoDB that sets and removes attributes, and counts `beat` up: each write is a sign of life. */
export function updateOf(change: LeaseChange) {
  const names: Record<string, string> = { '#beat': 'beat' };
  const values: Record<string, AttributeValue> = { ':one': { N: '1' } };
  const [set, remove]: [string[], string[]] = [[], []];
  for (const [name, value] of Object.entries(change)) {
    names[`#${name}`] = name;
    if (value === undefined) {
      remove.push(`#${name}`);
      continue;
    }
    values[`:${name}`] = attributeOf(value);
    set.push(`#${name} = :${name}`);
  }
  const parts = [
    ...(set.length === 0 ? [] : [`SET ${set.join(', ')}`]),
    ...(remove.length === 0 ? [] : [`REMOVE ${remove.join(', ')}`]),
    'ADD #beat :one',
  ];
  return { UpdateExpression: parts.join(' '), names, values };
}
