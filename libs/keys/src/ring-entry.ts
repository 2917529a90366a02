import type { KeyPurpose } from '@das/pipeline';
import { z } from 'zod';
import { isPurpose } from './purpose';
import { ringFailure } from './ring-failure';

export const KEY_BYTES = 32;

const keyId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);
const time = z.iso.datetime();

const entry = z
  .object({
    /** Names the key in what is made with it, so never used again for another one of its purpose. */
    id: keyId,
    purpose: z.custom<KeyPurpose>((text) => typeof text === 'string' && isPurpose(text)),
    created: time.optional(),
    /** `pending`: known to every reader of the file, and not used yet. */
    state: z.enum(['pending', 'active']).default('active'),
    activated: time.optional(),
    /** Of a token key: the key that it is layered on. Named, so that nothing changes a token by accident. */
    follows: keyId.optional(),
    /** Of a token key that follows another one: when every earlier token had been mapped to one of its own. */
    rekeyed: time.optional(),
    /** In clear, on a laptop: base64 of 32 bytes. */
    material: z.base64().optional(),
    /** Encrypted by KMS: base64 of its ciphertext, and the ARN of the key that encrypted it. */
    wrapped: z.base64().optional(),
    kmsKey: z.string().min(1).optional(),
  })
  .refine(
    ({ material, wrapped, kmsKey }) =>
      material === undefined ? wrapped !== undefined && kmsKey !== undefined : wrapped === undefined,
    { path: ['material'] },
  );

const ring = z.object({ keys: z.array(entry) });

/** A key as the ring's file holds it. */
export type RingEntry = Readonly<z.output<typeof entry>>;

/** @throws Failure setup that names the place, and never what stands there */
export function parseRing(text: string): readonly RingEntry[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which holds the keys.
    throw ringFailure('is not JSON');
  }
  const parsed = ring.safeParse(json);
  if (parsed.success) return parsed.data.keys;
  const place = parsed.error.issues[0]?.path.join('.') ?? '';
  throw ringFailure(`is not as expected at ${place === '' ? 'the root' : place}`);
}

export function formatRing(keys: readonly RingEntry[]): string {
  return `${JSON.stringify({ keys }, null, 2)}\n`;
}
