import type { S3ClientConfig } from '@aws-sdk/client-s3';

/** What became of an object that is not read any more. */
export type ObjectOutcome =
  /** Every line of it is committed. */
  | 'closed'
  /** It was deleted or overwritten before a line of it was read. */
  | 'gone'
  /** It could not be read to its end, however often that was tried. */
  | 'unreadable'
  /** Its name ends in none of the formats. */
  | 'ignored';

/** Hears of objects as a whole. Must not throw. */
export interface S3SourceObserver {
  /**
   * @param id - the partition's
   * @param code - why it is unreadable
   */
  readonly objectOver: (outcome: ObjectOutcome, id: string, code?: string) => void;
  /** A notification that nobody understands: it is left to the queue's own dead-letter queue. */
  readonly notificationUnread: () => void;
}

/**
 * Which objects to read, and by whom. Region, endpoint (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 and so on) and credentials
 * are found as the AWS SDK finds them.
 */
export interface S3SourceOptions {
  /** Names the place in the column SOURCE. */
  readonly log: string;
  readonly bucket: string;
  readonly prefix: string;
  /** The name of the SQS queue that the bucket tells of new objects. */
  readonly queue: string;
  /** The DynamoDB table that holds the ledger; its partition key is the text `id`. */
  readonly ledgerTable: string;
  /** Whose ledger this is; instances of one collector share it. */
  readonly consumer: string;
  /** So many objects are read side by side (default 4). */
  readonly maxObjects?: number;
  /** An object whose reader is silent for so long goes to another one (default 60 s). */
  readonly leaseMs?: number;
  /** Between looks at the whole bucket, for objects that no notification told of (default 300 s). */
  readonly listEveryMs?: number;
  /** So often an object is tried without getting further (default 5). */
  readonly maxTries?: number;
  /** Before an object that could not be read is tried again; doubled with each try (default 5 s). */
  readonly retryMs?: number;
  readonly observer?: S3SourceObserver;
  /** Sends the requests to AWS; the SDK's own, unless a test gives another one. */
  readonly requestHandler?: S3ClientConfig['requestHandler'];
}

export type CompleteOptions = Required<Omit<S3SourceOptions, 'requestHandler'>> &
  Pick<S3SourceOptions, 'requestHandler'>;

const NOBODY: S3SourceObserver = { objectOver: () => undefined, notificationUnread: () => undefined };

export function withDefaults(options: S3SourceOptions): CompleteOptions {
  return {
    maxObjects: 4,
    leaseMs: 60_000,
    listEveryMs: 300_000,
    maxTries: 5,
    retryMs: 5_000,
    observer: NOBODY,
    ...options,
  };
}
