import {
  CreateTableCommand,
  DynamoDBClient,
  ScanCommand,
  type AttributeValue,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { StoredObject } from '../oracle/object-records';

/** A bucket whose queue is told of new objects, and a ledger's table, in moto. */
export class ObjectStore {
  private constructor(
    readonly bucket: string,
    private readonly queueUrl: string,
    private readonly clients: {
      readonly s3: S3Client;
      readonly sqs: SQSClient;
      readonly dynamodb: DynamoDBClient;
    },
  ) {}

  /**
   * @param url - of moto
   * @param name - of the bucket, its ledger, and its queue unless that has a name of its own
   */
  static async create(
    url: string,
    name: string,
    options: { readonly told?: boolean; readonly queue?: string } = {},
  ): Promise<ObjectStore> {
    const config = {
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    };
    const clients = {
      s3: new S3Client(config),
      sqs: new SQSClient(config),
      dynamodb: new DynamoDBClient(config),
    };
    const { s3, sqs, dynamodb } = clients;
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: options.queue ?? name }));
    await dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const store = new ObjectStore(name, QueueUrl, clients);
    if (options.told !== false) await store.tellQueue();
    return store;
  }

  /** From now on each content of a key stays readable. */
  async keepVersions(): Promise<void> {
    await this.clients.s3.send(
      new PutBucketVersioningCommand({
        Bucket: this.bucket,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
  }

  /** @returns what S3's notification says of it, and moto's does not where there are versions */
  async put(key: string, content: string | Uint8Array): Promise<{ eTag?: string; versionId?: string }> {
    const request = new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: Buffer.from(content) });
    const { ETag: eTag, VersionId: versionId } = await this.clients.s3.send(request);
    return { ...(eTag !== undefined && { eTag }), ...(versionId !== undefined && { versionId }) };
  }

  async remove(key: string): Promise<void> {
    await this.clients.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  /** Every content that any key has, or had where versions are kept. */
  async *contents(): AsyncGenerator<StoredObject> {
    const { s3 } = this.clients;
    let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (from !== undefined) {
      const page: ListObjectVersionsCommandOutput = await s3.send(
        new ListObjectVersionsCommand({ Bucket: this.bucket, ...from }),
      );
      for (const { Key = '', VersionId, ETag = '' } of page.Versions ?? []) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: this.bucket, Key, VersionId }));
        const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
        yield { key: Key, etag: ETag.replaceAll('"', ''), bytes };
      }
      from =
        page.IsTruncated === true
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined;
    }
  }

  /** A message as if the bucket, or anybody, had sent it. */
  async tell(body: string): Promise<void> {
    await this.clients.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: body }));
  }

  /** Messages that are left, whether anybody works on them or not. */
  async messages(): Promise<number> {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes } = await this.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.queueUrl, AttributeNames: [...names] }),
    );
    return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
  }

  /** The ledger, by key: the state of each object, and what it says of its fault. */
  async ledger(): Promise<readonly { key: string; state: string; fault: string | undefined }[]> {
    const Items: Record<string, AttributeValue>[] = [];
    let from: Record<string, AttributeValue> | undefined;
    do {
      const page: ScanCommandOutput = await this.clients.dynamodb.send(
        new ScanCommand({ TableName: this.bucket, ExclusiveStartKey: from }),
      );
      Items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    const text = (value: AttributeValue | undefined): string => value?.S ?? '';
    return Items.map(({ key, state, fault }) => ({
      key: text(key),
      state: text(state),
      fault: fault?.S,
    })).sort((a, b) => a.key.localeCompare(b.key));
  }

  close(): void {
    for (const client of Object.values(this.clients)) client.destroy();
  }

  private async tellQueue(): Promise<void> {
    const { Attributes } = await this.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.queueUrl, AttributeNames: ['QueueArn'] }),
    );
    await this.clients.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: this.bucket,
        NotificationConfiguration: {
          QueueConfigurations: [{ QueueArn: Attributes?.QueueArn, Events: ['s3:ObjectCreated:*'] }],
        },
      }),
    );
  }
}
