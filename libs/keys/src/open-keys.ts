import { readFileSync } from 'node:fs';
import type { KeyWrapper } from './key-wrapper';
import { openKms } from './kms';
import { HeldKeys } from './held-keys';
import { parseRing, type RingEntry } from './ring-entry';
import { ringFailure } from './ring-failure';

/**
 * Every key of a ring, unwrapped. The service that wrapped them is only asked where one is wrapped.
 * @param path - of the file named by PHI_KEY_FILE
 * @throws Failure setup when somebody must act, transient when the service may unwrap them later
 */
export async function openKeys(
  path: string,
  openWrapper: () => Promise<KeyWrapper> = openKms,
): Promise<HeldKeys> {
  const entries = readRing(path);
  const materials = new Map<RingEntry, Uint8Array>();
  const wrapped = entries.filter((entry) => entry.wrapped !== undefined);
  if (wrapped.length > 0) {
    const wrapper = await openWrapper();
    try {
      const unwrapped = await Promise.allSettled(
        wrapped.map(async (entry) => {
          const { wrapped: text = '', kmsKey = '' } = entry;
          materials.set(entry, await wrapper.unwrap(entry, { wrapped: text, kmsKey }));
        }),
      );
      // Only once none is under way: the client is closed then.
      for (const one of unwrapped) if (one.status === 'rejected') throw one.reason;
    } finally {
      wrapper.close();
    }
  }
  return new HeldKeys(entries, (entry) => materials.get(entry) ?? plainMaterial(entry));
}

/** The keys of a file that holds them in clear, at once. @throws Failure setup */
export function readKeyFile(path: string): HeldKeys {
  return new HeldKeys(readRing(path), plainMaterial);
}

/** @throws Failure setup, naming the setting and never the content */
export function readRing(path: string): readonly RingEntry[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw ringFailure('cannot be read', { cause });
  }
  return parseRing(text);
}

function plainMaterial({ id, material }: RingEntry): Uint8Array {
  if (material === undefined) throw ringFailure(`holds a key (${id}) that is wrapped`);
  return Buffer.from(material, 'base64');
}
