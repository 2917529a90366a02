import { hash } from 'node:crypto';

/** Bytes that SHA-256 takes at once. */
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;

/**
 * HMAC-SHA256 as RFC 2104 defines it, from two one-shot hashes over buffers that are used again: `createHmac` takes
 * nearly twice as long for an event of 600 bytes, and longer yet for a short text (docs/performance.md).
 */
export class KeyedDigest {
  /** Where a message begins in the room for it. */
  static readonly start = BLOCK_BYTES;

  private material: Uint8Array | undefined;
  // Made at the first message: whoever never hashes one needs no memory for it.
  private inner = Buffer.alloc(0);
  private readonly outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);

  /** @param firstBytes - the room that is made at first; it grows as it must */
  constructor(private readonly firstBytes: number) {}

  /** Room for a message of up to so many bytes under a key of 32: write it from `start` on, then take the digest. */
  room(material: Uint8Array, bytes: number): Buffer {
    if (material !== this.material) this.use(material);
    const needed = BLOCK_BYTES + bytes;
    if (needed > this.inner.length) {
      const longer = Buffer.alloc(Math.max(needed, this.inner.length * 2));
      this.inner.copy(longer, 0, 0, BLOCK_BYTES);
      this.inner = longer;
    }
    return this.inner;
  }

  /** Of the message that ends there: 43 characters of base64url. */
  digest(end: number): string {
    // As latin1 text: one character a byte, and cheaper to get than a buffer.
    this.outer.write(hash('sha256', this.inner.subarray(0, end), 'binary'), BLOCK_BYTES, 'latin1');
    return hash('sha256', this.outer, 'base64url');
  }

  private use(key: Uint8Array): void {
    this.material = key;
    if (this.inner.length === 0) this.inner = Buffer.alloc(this.firstBytes);
    // A longer key would have to be hashed first; a DataKey has 32 bytes.
    if (key.length > BLOCK_BYTES) throw new RangeError('a key is longer than a block');
    for (let at = 0; at < BLOCK_BYTES; at++) {
      const byte = key[at] ?? 0;
      this.inner[at] = byte ^ 0x36;
      this.outer[at] = byte ^ 0x5c;
    }
  }
}
