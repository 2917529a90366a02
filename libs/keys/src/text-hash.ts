import { hash } from 'node:crypto';

/** Bytes that SHA-256 takes at once, and gives. */
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Most texts are far shorter; a longer one makes its key's buffer longer. */
const FIRST_BYTES = 1024;

/** A key as the two hashes of an HMAC begin with it. */
interface Pads {
  inner: Buffer;
  readonly outer: Buffer;
}

const padsOf = new WeakMap<Uint8Array, Pads>();

/**
 * HMAC-SHA256 of a text (UTF-8), base64url, as RFC 2104 defines it: from two one-shot hashes over buffers that are
 * used again. `createHmac` takes twice as long, and a tokenised value costs one of these for each generation.
 */
export function textHash(material: Uint8Array, text: string): string {
  const pads = padsOf.get(material) ?? makePads(material);
  // A UTF-16 unit takes three bytes of UTF-8 at most.
  const needed = BLOCK_BYTES + text.length * 3;
  if (needed > pads.inner.length) {
    const longer = Buffer.alloc(needed);
    pads.inner.copy(longer, 0, 0, BLOCK_BYTES);
    pads.inner = longer;
  }
  const { inner, outer } = pads;
  const end = BLOCK_BYTES + inner.write(text, BLOCK_BYTES);
  // As latin1 text: one character a byte, and cheaper to get than a buffer.
  outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK_BYTES, 'latin1');
  const made = hash('sha256', outer, 'base64url');
  // What was hashed may be what nobody is to see: a heap dump does not need it.
  inner.fill(0, BLOCK_BYTES, end);
  return made;
}

function makePads(material: Uint8Array): Pads {
  // A longer key would have to be hashed first; a DataKey has 32 bytes.
  if (material.length > BLOCK_BYTES) throw new RangeError('a key is longer than a block');
  const pads = { inner: Buffer.alloc(FIRST_BYTES), outer: Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES) };
  for (let at = 0; at < BLOCK_BYTES; at++) {
    const byte = material[at] ?? 0;
    pads.inner[at] = byte ^ 0x36;
    pads.outer[at] = byte ^ 0x5c;
  }
  padsOf.set(material, pads);
  return pads;
}
