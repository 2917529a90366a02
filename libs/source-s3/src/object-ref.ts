import { createHash } from 'node:crypto';

/** One state of one object of the bucket. */
export interface ObjectRef {
  /**
   * The partition's id: names key and ETag, and shows neither, since people put names of people into keys. The ledger
   * has the key.
   */
  readonly id: string;
  readonly key: string;
  /** Without quotes. Another content is another ETag, and so another partition. */
  readonly etag: string;
  /** Of a bucket with versions, where who told of the object knows it. */
  readonly versionId: string | undefined;
}

export function objectRef(key: string, etag: string, versionId?: string): ObjectRef {
  const bare = etag.replaceAll('"', '');
  const id = createHash('sha256').update(`${key}\n${bare}`).digest('hex').slice(0, 32);
  return { id, key, etag: bare, versionId };
}
