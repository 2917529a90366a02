import type { DataKey, KeyProvider, KeyPurpose } from '@das/pipeline';
import { byPurpose, checkRing } from './check-ring';
import { HeldKey } from './held-key';
import { KEY_BYTES, type RingEntry } from './ring-entry';
import { ringFailure } from './ring-failure';

/** A ring whose every key is in memory. */
export class HeldKeys implements KeyProvider {
  private readonly active = new Map<KeyPurpose, DataKey>();
  private readonly all = new Map<KeyPurpose, ReadonlyMap<string, DataKey>>();

  /**
   * @param materialOf - of every entry
   * @throws Failure setup
   */
  constructor(entries: readonly RingEntry[], materialOf: (entry: RingEntry) => Uint8Array) {
    checkRing(entries);
    for (const [purpose, ofPurpose] of byPurpose(entries)) {
      const known = new Map<string, DataKey>();
      let previous: DataKey | undefined;
      for (const entry of ofPurpose) {
        const material = materialOf(entry);
        if (material.length !== KEY_BYTES) {
          throw ringFailure(`holds a key (${entry.id}) that is not ${KEY_BYTES} bytes long`);
        }
        previous = new HeldKey(entry.id, material, previous);
        known.set(entry.id, previous);
        if (entry.state === 'active') this.active.set(purpose, previous);
      }
      this.all.set(purpose, known);
    }
  }

  current(purpose: KeyPurpose): DataKey {
    const key = this.active.get(purpose);
    if (key !== undefined) return key;
    throw ringFailure(`holds no key for the purpose ${purpose}`);
  }

  find(purpose: KeyPurpose, id: string): DataKey | undefined {
    return this.all.get(purpose)?.get(id);
  }

  /** The key in use of every purpose that has one. */
  inUse(): ReadonlyMap<KeyPurpose, DataKey> {
    return this.active;
  }
}
