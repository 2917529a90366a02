import { classifyAws, type AwsService } from '@das/aws';
import type { Failure } from '@das/pipeline';

const KINESIS: AwsService = {
  name: 'Kinesis',
  prefix: 'kinesis',
  grant:
    'grant kinesis:DescribeStreamSummary, kinesis:ListShards, kinesis:GetShardIterator and kinesis:GetRecords on the stream',
  errors: {
    ResourceNotFoundException: [
      'setup',
      'stream_missing',
      'the contract’s stream, or a shard of it, does not exist',
      'create it in this region and account, or correct the stream in the contract',
    ],
    // It is being made, changed or deleted.
    ResourceInUseException: [
      'transient',
      'stream_busy',
      'the stream is being changed',
      'it is tried again; wait until the stream is active',
    ],
    ExpiredIteratorException: [
      'transient',
      'iterator_expired',
      'a shard was not read for five minutes',
      'it is read on from where it was',
    ],
    InvalidArgumentException: [
      'setup',
      'kinesis_argument',
      'Kinesis does not take a sequence number or an iterator',
      'if the stream was made anew, see docs/adr/0032-a-shard-is-a-partition.md',
    ],
    KMSAccessDeniedException: [
      'setup',
      'kinesis_kms',
      'the key that encrypts the stream may not be used',
      'grant kms:Decrypt on the stream’s key',
    ],
    KMSDisabledException: [
      'setup',
      'kinesis_kms',
      'the key that encrypts the stream is disabled',
      'enable it, if nobody disabled it on purpose',
    ],
    KMSThrottlingException: [
      'transient',
      'kinesis_throttled',
      'the key that encrypts the stream is asked for too often',
      'it is tried again',
    ],
  },
};

const LEASES: AwsService = {
  name: 'DynamoDB',
  prefix: 'lease_table',
  grant:
    'grant dynamodb:Query, dynamodb:GetItem, dynamodb:PutItem and dynamodb:UpdateItem on the lease table',
  errors: {
    ResourceNotFoundException: [
      'setup',
      'lease_table_missing',
      'the table of the leases does not exist',
      'create the table that KINESIS_LEASE_TABLE names, with the string keys log (partition) and shard (sort)',
    ],
    ValidationException: [
      'setup',
      'lease_table_keys',
      'the table of the leases has other keys',
      'its keys are the strings log (partition) and shard (sort)',
    ],
    ConditionalCheckFailedException: [
      'transient',
      'not_owner',
      'another instance has this shard now',
      'it reads on there',
    ],
    TransactionConflictException: [
      'transient',
      'lease_table_busy',
      'another request changes the lease',
      'it is tried again',
    ],
  },
};

export function classifyKinesis(thrown: unknown): Failure {
  return classifyAws(thrown, KINESIS);
}

export function classifyLeases(thrown: unknown): Failure {
  return classifyAws(thrown, LEASES);
}
