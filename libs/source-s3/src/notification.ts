import { z } from 'zod';
import { objectRef, type ObjectRef } from './object-ref';

const s3Event = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      s3: z.object({
        bucket: z.object({ name: z.string() }),
        object: z.object({
          key: z.string(),
          eTag: z.string().optional(),
          versionId: z.string().nullish(),
        }),
      }),
    }),
  ),
});
/** What S3 sends when notifications are set up. */
const testEvent = z.object({ Event: z.literal('s3:TestEvent') });
const snsEnvelope = z.object({ Type: z.literal('Notification'), Message: z.string() });
const bridgeEvent = z.object({
  'detail-type': z.string(),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), etag: z.string().optional(), 'version-id': z.string().optional() }),
  }),
});

/** An object that a notification tells of; without an ETag, whatever its key holds now. */
export type Told = ObjectRef | { readonly key: string };

/**
 * The objects that were created, as S3, S3 through SNS, or EventBridge tells of them.
 * @returns undefined for what is none of these
 */
export function readNotification(
  body: string,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
): readonly Told[] | undefined {
  const told = readAny(body);
  return told
    ?.filter((one) => one.bucket === bucket && one.key.startsWith(prefix))
    .map(({ key, etag, versionId }) => (etag === undefined ? { key } : objectRef(key, etag, versionId)));
}

interface Created {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string | undefined;
  readonly versionId: string | undefined;
}

function readAny(body: string): readonly Created[] | undefined {
  const json = parseJson(body);
  const sns = snsEnvelope.safeParse(json);
  if (sns.success) return readAny(sns.data.Message);
  if (testEvent.safeParse(json).success) return [];
  const bridge = bridgeEvent.safeParse(json);
  if (bridge.success) {
    const { bucket, object } = bridge.data.detail;
    if (bridge.data['detail-type'] !== 'Object Created') return [];
    const { key, etag, 'version-id': versionId } = object;
    return [{ bucket: bucket.name, key, etag, versionId }];
  }
  const event = s3Event.safeParse(json);
  return event.data?.Records.filter(({ eventName }) => eventName.includes('ObjectCreated:')).map(
    ({ s3 }) => ({
      bucket: s3.bucket.name,
      key: decodeKey(s3.object.key),
      etag: s3.object.eTag,
      versionId: s3.object.versionId ?? undefined,
    }),
  );
}

/** Encoded as in a form: a space is a plus. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
