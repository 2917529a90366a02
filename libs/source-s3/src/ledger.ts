import { randomUUID } from 'node:crypto';
import type * as Dynamo from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { refuseClear, type AwsService } from '@das/aws';
import { Failure, type Checkpoint } from '@das/pipeline';
import { asked, clientConfig, errorName } from './aws/ask';
import {
  checkpointOf,
  isOver,
  numberOf,
  stateOf,
  type Claim,
  type Item,
  type ObjectState,
} from './ledger-entry';
import type { ObjectRef } from './object-ref';
import type { CompleteOptions } from './options';

const SERVICE: AwsService = {
  name: 'DynamoDB',
  prefix: 'ledger',
  grant: 'grant dynamodb:GetItem, BatchGetItem and UpdateItem on the ledger’s table',
  errors: {
    ResourceNotFoundException: [
      'setup',
      'ledger_missing',
      'the ledger’s table does not exist',
      'create the table that S3_LEDGER_TABLE names, with the text id as its partition key',
    ],
    TransactionConflictException: [
      'transient',
      'ledger_busy',
      'the entry is written just now',
      'it is tried again',
    ],
  },
};

/** DynamoDB answers for so many entries at once. */
const BATCH = 100;

export type Claiming =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** Nobody reads it again. */
  | { readonly kind: 'over'; readonly state: ObjectState }
  /** Somebody else has it, or it rests, until then (epoch milliseconds). */
  | { readonly kind: 'busy'; readonly untilMs: number };

/** What is known of each object, and who reads it: the one place that says that an object is done. */
export class Ledger {
  private constructor(
    private readonly sdk: typeof Dynamo,
    private readonly client: DynamoDBClient,
    private readonly options: CompleteOptions,
  ) {}

  /** @throws Failure where the table cannot be read */
  static async open(options: CompleteOptions): Promise<Ledger> {
    const sdk = await import('@aws-sdk/client-dynamodb');
    const client = new sdk.DynamoDBClient(clientConfig(options));
    client.middlewareStack.use(refuseClear);
    const ledger = new Ledger(sdk, client, options);
    await ledger.item('is-there');
    return ledger;
  }

  /** Takes an object for this process, unless somebody has it. @throws Failure */
  async claim({ id, key, etag }: ObjectRef): Promise<Claiming> {
    const now = Date.now();
    const owner = randomUUID();
    const item = await this.update(id, {
      set: {
        owner: { S: owner },
        untilMs: { N: String(now + this.options.leaseMs) },
        bucket: { S: this.options.bucket },
        key: { S: key },
        etag: { S: etag },
      },
      also: '#state = if_not_exists(#state, :open), #tries = if_not_exists(#tries, :zero) + :one',
      where:
        'attribute_not_exists(#id) OR (#state IN (:open, :done) AND (attribute_not_exists(#untilMs) OR #untilMs < :now))',
      values: {
        ':open': { S: 'open' },
        ':done': { S: 'done' },
        ':zero': { N: '0' },
        ':one': { N: '1' },
        ':now': { N: String(now) },
      },
    });
    if (item !== undefined) {
      const claim = {
        id,
        owner,
        tries: numberOf(item, 'tries'),
        fault: item.fault?.S,
        checkpoint: checkpointOf(item),
      };
      return { kind: 'claimed', claim };
    }
    const there = await this.item(id);
    if (there !== undefined && isOver(there)) return { kind: 'over', state: stateOf(there) };
    return { kind: 'busy', untilMs: there === undefined ? now : numberOf(there, 'untilMs') };
  }

  /** @throws Failure */
  async read(id: string): Promise<Checkpoint | undefined> {
    const item = await this.item(id);
    return item === undefined ? undefined : checkpointOf(item);
  }

  /** @throws Failure not_owner where the claim was lost */
  async note(claim: Claim, { position, kind, sourceMs }: Checkpoint): Promise<void> {
    // Beyond its start, it got further.
    const tries = kind === 'started' ? claim.tries : 0;
    const written = await this.update(claim.id, {
      set: {
        position: { S: position },
        kind: { S: kind },
        state: { S: kind === 'done' ? 'done' : 'open' },
        untilMs: this.leaseEnd(),
        ...(sourceMs !== undefined && { sourceMs: { N: String(sourceMs) } }),
        tries: { N: String(tries) },
      },
      where: '#owner = :mine',
      values: { ':mine': { S: claim.owner } },
    });
    if (written === undefined) {
      throw new Failure('transient', 'not_owner', 'another process owns this partition now');
    }
    claim.tries = tries;
  }

  /** Keeps the claim. @returns whether it was still ours. @throws Failure */
  async renew(claim: Claim): Promise<boolean> {
    const item = await this.update(claim.id, {
      set: { untilMs: this.leaseEnd() },
      where: '#owner = :mine',
      values: { ':mine': { S: claim.owner } },
    });
    return item !== undefined;
  }

  /** Nobody reads it again. @throws Failure */
  async end(claim: Claim, state: 'closed' | 'gone' | 'unreadable', fault?: string): Promise<void> {
    await this.update(claim.id, {
      set: { state: { S: state }, ...(fault !== undefined && { fault: { S: fault } }) },
      remove: ['owner', 'untilMs'],
      where: '#owner = :mine',
      values: { ':mine': { S: claim.owner } },
    });
  }

  /**
   * Lets go of it: somebody may take it after so long.
   * @param fault - what of it this try ended by; without one it does not count as a try
   * @throws Failure
   */
  async giveBack(claim: Claim, afterMs: number, fault?: string): Promise<void> {
    const tries = fault === undefined ? Math.max(0, claim.tries - 1) : claim.tries;
    await this.update(claim.id, {
      set: {
        untilMs: { N: String(Date.now() + afterMs) },
        tries: { N: String(tries) },
        ...(fault !== undefined && { fault: { S: fault } }),
      },
      remove: ['owner'],
      where: '#owner = :mine',
      values: { ':mine': { S: claim.owner } },
    });
  }

  /** Writes down an object that is not read, and its key. @returns whether that is new. @throws Failure */
  async ignore({ id, key, etag }: ObjectRef): Promise<boolean> {
    const item = await this.update(id, {
      set: {
        state: { S: 'ignored' },
        bucket: { S: this.options.bucket },
        key: { S: key },
        etag: { S: etag },
      },
      where: 'attribute_not_exists(#id)',
      values: {},
    });
    return item !== undefined;
  }

  /** Those of the objects that nobody reads again. @throws Failure */
  async over(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (let from = 0; from < ids.length; from += BATCH) {
      let keys = ids.slice(from, from + BATCH).map((id) => ({ id: { S: this.entryId(id) } }));
      while (keys.length > 0) {
        const request = new this.sdk.BatchGetItemCommand({
          RequestItems: { [this.options.ledgerTable]: { Keys: keys } },
        });
        const answer = await asked(SERVICE, () => this.client.send(request));
        for (const item of answer.Responses?.[this.options.ledgerTable] ?? []) {
          if (isOver(item)) found.add((item.id?.S ?? '').slice(this.entryId('').length));
        }
        keys = (answer.UnprocessedKeys?.[this.options.ledgerTable]?.Keys ?? []) as typeof keys;
      }
    }
    return found;
  }

  close(): void {
    this.client.destroy();
  }

  private leaseEnd() {
    return { N: String(Date.now() + this.options.leaseMs) };
  }

  /** One table may hold the ledgers of several collectors. */
  private entryId(id: string): string {
    return `${this.options.consumer}/${id}`;
  }

  private async item(id: string): Promise<Item | undefined> {
    const request = new this.sdk.GetItemCommand({
      TableName: this.options.ledgerTable,
      Key: { id: { S: this.entryId(id) } },
      ConsistentRead: true,
    });
    return (await asked(SERVICE, () => this.client.send(request))).Item;
  }

  /** @returns the entry as it is now; undefined where the condition does not hold */
  private async update(id: string, change: Change): Promise<Item | undefined> {
    const request = new this.sdk.UpdateItemCommand({
      TableName: this.options.ledgerTable,
      Key: { id: { S: this.entryId(id) } },
      ...expressionsOf(change),
      ReturnValues: 'ALL_NEW',
    });
    return asked(SERVICE, async () => {
      try {
        return (await this.client.send(request)).Attributes;
      } catch (thrown) {
        if (errorName(thrown) === 'ConditionalCheckFailedException') return undefined;
        throw thrown;
      }
    });
  }
}

interface Change {
  readonly set: Item;
  /** More of SET, in DynamoDB's words. */
  readonly also?: string | undefined;
  readonly remove?: readonly string[];
  readonly where: string;
  readonly values: Item;
}

/** Every name is an alias: most of the plain ones are DynamoDB's own words. */
function expressionsOf({ set, also, remove = [], where, values }: Change) {
  const assigned = Object.keys(set).map((name) => `#${name} = :${name}`);
  const update = `SET ${[...assigned, ...(also === undefined ? [] : [also])].join(', ')}`;
  const removed = remove.length === 0 ? '' : ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}`;
  const names = new Set(`${update}${removed} ${where}`.match(/#\w+/g));
  return {
    UpdateExpression: update + removed,
    ConditionExpression: where,
    ExpressionAttributeNames: Object.fromEntries([...names].map((name) => [name, name.slice(1)])),
    ExpressionAttributeValues: {
      ...values,
      ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
    },
  } satisfies Partial<UpdateItemCommandInput>;
}
