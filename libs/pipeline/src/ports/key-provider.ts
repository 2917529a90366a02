/**
 * What a key is for. A key never serves two purposes. Tokens and encrypted values have a key per domain, so that
 * no reader can link domains by them; `link` is the one that does so on purpose.
 */
export type KeyPurpose = 'dead-letter' | 'record-hash' | 'link' | `token:${string}` | `encrypt:${string}`;

export interface DataKey {
  /** Names the key in what was made with it; not a secret. */
  readonly id: string;
  /** 32 bytes. Never logged, never serialised. */
  readonly material: Uint8Array;
  /** The key of its purpose before this one, which still reads. A token key is layered on that one's tokens. */
  readonly previous?: DataKey | undefined;
}

/** Where keys come from. Synchronous: keys are loaded before the first record and refreshed beside the loop. */
export interface KeyProvider {
  /** The key to use now. @throws Failure setup when there is none */
  current(purpose: KeyPurpose): DataKey;
  /** An earlier or present key by its id, to read what was made with it. */
  find(purpose: KeyPurpose, id: string): DataKey | undefined;
}
