import type { KeyPurpose } from '@das/pipeline';

/** What a wrapped key is bound to: it cannot be unwrapped as another one. */
export interface KeyName {
  readonly purpose: KeyPurpose;
  readonly id: string;
}

/** A key as a file may hold it. */
export interface WrappedKey {
  /** Base64. */
  readonly wrapped: string;
  /** Names the key that wrapped it, whatever it was called by. */
  readonly kmsKey: string;
}

/** A service that makes keys which only it can unwrap. */
export interface KeyWrapper {
  /** A new key, which nobody has seen. @throws Failure */
  make(name: KeyName, kmsKey: string): Promise<WrappedKey>;
  /** @throws Failure setup when somebody must act, transient when it may go well later */
  unwrap(name: KeyName, key: WrappedKey): Promise<Uint8Array>;
  /** Lets go of connections. */
  close(): void;
}
