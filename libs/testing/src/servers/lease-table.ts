import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A table for the leases of Kinesis shards, as an operator makes it. */
export async function createLeaseTable(url: string, table: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });
  const keys = [
    { AttributeName: 'log', KeyType: 'HASH' },
    { AttributeName: 'shard', KeyType: 'RANGE' },
  ] as const;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [...keys],
      AttributeDefinitions: keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' as const })),
    }),
  );
  client.destroy();
}
