import type { S3Client } from '@aws-sdk/client-s3';
import { refuseClear, type AwsService } from '@das/aws';
import { ObjectGone, objectFault } from '../object-fault';
import { objectRef, type ObjectRef } from '../object-ref';
import type { CompleteOptions } from '../options';
import { asked, clientConfig, errorName } from './ask';

const SERVICE: AwsService = {
  name: 'S3',
  prefix: 's3',
  grant:
    'grant s3:ListBucket on the bucket, s3:GetObject below the prefix, and kms:Decrypt on the bucket’s key',
  errors: {
    NoSuchBucket: [
      'setup',
      's3_bucket_missing',
      'the contract’s bucket does not exist',
      'create it, or correct the bucket in the contract',
    ],
    SlowDown: [
      'transient',
      's3_throttled',
      'S3 takes no more requests just now',
      'it is tried again; fewer objects side by side help',
    ],
  },
};

const PRECONDITION_FAILED = 412;
const GONE = new Set(['NoSuchKey', 'NoSuchVersion', 'NotFound', 'PreconditionFailed']);

/** What is known of an object before it is read. */
export interface ObjectHead {
  readonly length: number;
  /** When the bucket took it, epoch milliseconds. */
  readonly takenMs: number;
  /** Of a bucket with versions: which of them it is. */
  readonly versionId?: string | undefined;
}

export interface ObjectContent extends ObjectHead {
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The objects below the contract's prefix. */
export interface Bucket {
  /** The keys and ETags, a page at a time. @throws Failure */
  list(signal: AbortSignal): AsyncGenerator<readonly ObjectRef[]>;
  /** What a key holds now; undefined: nothing. @throws Failure */
  current(key: string): Promise<ObjectRef | undefined>;
  /** @throws ObjectGone where the key holds another content, or nothing. @throws Failure */
  head(object: ObjectRef): Promise<ObjectHead>;
  /** Its content from the beginning. @throws ObjectGone. @throws Failure */
  open(object: ObjectRef, signal: AbortSignal): Promise<ObjectContent>;
  /** Its bytes from `start`, up to and not including `end`. @throws ObjectGone. @throws Failure */
  piece(object: ObjectRef, start: number, end: number): Promise<Uint8Array>;
  close(): void;
}

export async function openBucket(options: CompleteOptions): Promise<Bucket> {
  const sdk = await import('@aws-sdk/client-s3');
  const client: S3Client = new sdk.S3Client(clientConfig(options));
  client.middlewareStack.use(refuseClear);
  const { bucket, prefix } = options;
  const named = ({ key, etag, versionId }: ObjectRef) => ({
    Bucket: bucket,
    Key: key,
    IfMatch: `"${etag}"`,
    ...(versionId !== undefined && { VersionId: versionId }),
  });
  return {
    async *list(signal) {
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const page = new sdk.ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ContinuationToken: token,
        });
        const answer = await asked(SERVICE, () => client.send(page, { abortSignal: signal }));
        token = answer.NextContinuationToken;
        yield (answer.Contents ?? []).flatMap(({ Key: key, ETag: etag }) =>
          key === undefined || etag === undefined ? [] : [objectRef(key, etag)],
        );
      }
    },
    async current(key) {
      const request = new sdk.HeadObjectCommand({ Bucket: bucket, Key: key });
      try {
        const { ETag: etag, VersionId: versionId } = await ofObject(() => client.send(request));
        return etag === undefined ? undefined : objectRef(key, etag, versionId);
      } catch (thrown) {
        if (thrown instanceof ObjectGone) return undefined;
        throw thrown;
      }
    },
    async head(object) {
      return headOf(await ofObject(() => client.send(new sdk.HeadObjectCommand(named(object)))));
    },
    async open(object, signal) {
      const request = new sdk.GetObjectCommand(named(object));
      const answer = await ofObject(() => client.send(request, { abortSignal: signal }));
      return { ...headOf(answer), bytes: readable(answer.Body as AsyncIterable<Uint8Array>) };
    },
    async piece(object, start, end) {
      const request = new sdk.GetObjectCommand({ ...named(object), Range: `bytes=${start}-${end - 1}` });
      return ofObject(async () => {
        const { Body } = await client.send(request);
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      });
    },
    close: () => {
      client.destroy();
    },
  };
}

interface HeadAnswer {
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly VersionId?: string | undefined;
}

function headOf({ ContentLength, LastModified, VersionId }: HeadAnswer): ObjectHead {
  return { length: ContentLength ?? 0, takenMs: LastModified?.getTime() ?? 0, versionId: VersionId };
}

async function ofObject<T>(request: () => Promise<T>): Promise<T> {
  return asked(SERVICE, async () => {
    try {
      return await request();
    } catch (thrown) {
      if (isGone(thrown)) throw new ObjectGone(thrown);
      if (errorName(thrown) === 'InvalidObjectState') {
        throw objectFault('object_archived', 'the object is in an archive, and must be restored', thrown);
      }
      throw thrown;
    }
  });
}

/** The answer to HEAD has no body that would name the error. */
function isGone(thrown: unknown): boolean {
  const { $metadata } = thrown as { $metadata?: { httpStatusCode?: number } };
  return GONE.has(errorName(thrown)) || $metadata?.httpStatusCode === PRECONDITION_FAILED;
}

async function* readable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  for (;;) {
    const next = await asked(SERVICE, () => parts.next());
    if (next.done === true) return;
    yield next.value;
  }
}
