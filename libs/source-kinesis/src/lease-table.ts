import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AWS_CLIENT, refuseClear } from '@das/aws';
import { classifyLeases } from './classify';
import type { Lease } from './lease';
import { attributeOf, leaseOf, updateOf, type LeaseChange } from './lease-item';
import type { Shard } from './shard';

/** A lease that this instance took, and the term that proves it. */
export interface Hold {
  readonly shard: string;
  readonly owner: string;
  readonly term: number;
}

/**
 * The leases of one consumer on one stream. Each write is conditional, so that the table alone says who owns a shard.
 * Every method throws Failure.
 */
export interface LeaseTable {
  all(): Promise<readonly Lease[]>;
  read(shard: string): Promise<Lease | undefined>;
  /** Takes a shard, if its lease is still as it was seen. @returns undefined: somebody else was faster */
  take(shard: Shard, seen: Lease | undefined, owner: string): Promise<Hold | undefined>;
  /** @throws Failure not_owner where the hold has ended */
  write(hold: Hold, change: LeaseChange): Promise<void>;
  /** Writes down where a shard begins that nobody has taken yet; one that has a lease keeps it. */
  plant(shard: Shard, change: LeaseChange): Promise<void>;
  close(): void;
}

/** The SDK is loaded only here: a collector of another source does without it. */
export async function openLeases(table: string, log: string): Promise<LeaseTable> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  const client: DynamoDBClient = new sdk.DynamoDBClient(AWS_CLIENT);
  client.middlewareStack.use(refuseClear);
  const keyOf = (shard: string) => ({ log: { S: log }, shard: { S: shard } });

  async function update(shard: string, change: LeaseChange, condition: string, held: LeaseChange) {
    const { UpdateExpression, names, values } = updateOf(change);
    for (const [name, value] of Object.entries(held)) {
      names[`#${name}`] = name;
      if (value !== undefined) values[`:held_${name}`] = attributeOf(value);
    }
    return client.send(
      new sdk.UpdateItemCommand({
        TableName: table,
        Key: keyOf(shard),
        UpdateExpression,
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ReturnValues: 'ALL_NEW',
      }),
    );
  }

  return {
    async all() {
      const leases: Lease[] = [];
      let from: Record<string, AttributeValue> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await asked(
          client.send(
            new sdk.QueryCommand({
              TableName: table,
              ConsistentRead: true,
              KeyConditionExpression: '#log = :log',
              ExpressionAttributeNames: { '#log': 'log' },
              ExpressionAttributeValues: { ':log': { S: log } },
              ExclusiveStartKey: from,
            }),
          ),
        );
        leases.push(...Items.map(leaseOf));
        from = LastEvaluatedKey;
      } while (from !== undefined);
      return leases;
    },
    async read(shard) {
      const { Item } = await asked(
        client.send(new sdk.GetItemCommand({ TableName: table, ConsistentRead: true, Key: keyOf(shard) })),
      );
      return Item === undefined ? undefined : leaseOf(Item);
    },
    async take({ id, start }, seen, owner) {
      const term = (seen?.term ?? 0) + 1;
      // What was done with a shard of another stream says nothing of this one.
      const anew = seen !== undefined && seen.start !== start;
      const change = {
        owner,
        term,
        start,
        ...(anew && { finished: undefined, skipped: undefined, nothingBeforeMs: undefined }),
        ...(anew && seen.checkpoint?.kind === 'done' && { kind: 'committed' }),
      };
      const condition =
        seen === undefined ? 'attribute_not_exists(#shard)' : '#term = :held_term AND #beat = :held_beat';
      const held = seen === undefined ? { shard: undefined } : { term: seen.term, beat: seen.beat };
      try {
        await update(id, change, condition, held);
        return { shard: id, owner, term };
      } catch (thrown) {
        unlessRefused(thrown);
        return undefined;
      }
    },
    async write({ shard, owner, term }, change) {
      await asked(update(shard, change, '#owner = :held_owner AND #term = :held_term', { owner, term }));
    },
    async plant({ id, start }, change) {
      try {
        await update(id, { ...change, start, term: 0 }, 'attribute_not_exists(#shard)', { shard: undefined });
      } catch (thrown) {
        unlessRefused(thrown);
      }
    },
    close() {
      client.destroy();
    },
  };
}

/** @throws Failure for anything but a condition that did not hold */
function unlessRefused(thrown: unknown): void {
  const failure = classifyLeases(thrown);
  if (failure.code !== 'not_owner') throw failure;
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    throw classifyLeases(thrown);
  }
}
