import {
  asFailure,
  Failure,
  type Clock,
  type DataKey,
  type KeyProvider,
  type KeyPurpose,
} from '@das/pipeline';
import type { HeldKeys } from './held-keys';
import { isLayered } from './purpose';

export interface RefreshOptions {
  /** Reads the whole ring. @throws Failure */
  readonly open: () => Promise<HeldKeys>;
  readonly clock: Clock;
  /** From the end of one look to the next, milliseconds. */
  readonly refreshMs: number;
  /** Keys that could not be read again for so long are not used any more; undefined: for ever. */
  readonly maxAgeMs?: number | undefined;
  /** After each look: what failed, or undefined. */
  readonly onLook: (failure: Failure | undefined) => void;
}

/**
 * Keys that are read again beside whoever uses them. A look that fails leaves the keys as they are, and so does
 * one that would change tokens.
 */
export class RefreshedKeys implements KeyProvider {
  private confirmedMs: number;
  private isExpired = false;
  private cancel: () => void = () => undefined;
  private isStopped = false;

  private constructor(
    private held: HeldKeys,
    private readonly options: RefreshOptions,
  ) {
    this.confirmedMs = options.clock.now();
    this.waitForNext();
  }

  /** @throws Failure when they cannot be read now: there is nothing to go on with */
  static async open(options: RefreshOptions): Promise<RefreshedKeys> {
    return new RefreshedKeys(await options.open(), options);
  }

  current(purpose: KeyPurpose): DataKey {
    if (this.isExpired) throw expired();
    return this.held.current(purpose);
  }

  find(purpose: KeyPurpose, id: string): DataKey | undefined {
    if (this.isExpired) throw expired();
    return this.held.find(purpose, id);
  }

  /** The id of the key in use, of every purpose that has one. */
  inUse(): ReadonlyMap<KeyPurpose, DataKey> {
    return this.held.inUse();
  }

  /** Since the ring was last read as a whole, seconds. */
  ageSeconds(): number {
    return (this.options.clock.now() - this.confirmedMs) / 1000;
  }

  /** Reads the ring now. Never rejects. */
  async look(): Promise<void> {
    this.cancel();
    let failure: Failure | undefined;
    try {
      const found = await this.options.open();
      refuseLoss(this.held, found);
      this.held = found;
      this.confirmedMs = this.options.clock.now();
    } catch (thrown) {
      failure = asFailure(thrown);
    }
    const { maxAgeMs = Infinity } = this.options;
    this.isExpired = this.ageSeconds() * 1000 > maxAgeMs;
    if (this.isStopped) return;
    this.options.onLook(failure);
    this.waitForNext();
  }

  /** Looks no more. The keys that are held stay. */
  stop(): void {
    this.isStopped = true;
    this.cancel();
  }

  private waitForNext(): void {
    this.cancel = this.options.clock.after(this.options.refreshMs, () => void this.look());
  }
}

/** A ring may layer a key on the one in use; to take that one away would change every token. @throws Failure */
function refuseLoss(held: HeldKeys, found: HeldKeys): void {
  for (const [purpose, key] of held.inUse()) {
    const next = found.current(purpose);
    if (!isLayered(purpose) || leadsTo(next, key)) continue;
    throw new Failure(
      'setup',
      'token_key_changed',
      `the key file has lost the key of ${purpose} that is in use`,
      {
        cure: 'put the file back: a key that makes tokens is never exchanged (docs/runbooks/re-key.md)',
      },
    );
  }
}

function leadsTo(from: DataKey, wanted: DataKey): boolean {
  for (let key: DataKey | undefined = from; key !== undefined; key = key.previous) {
    if (key.id === wanted.id) return isSameChain(key, wanted);
  }
  return false;
}

/** A token is made with every key of the chain. */
function isSameChain(one: DataKey | undefined, other: DataKey | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const isSame = one.id === other.id && Buffer.compare(one.material, other.material) === 0;
  return isSame && isSameChain(one.previous, other.previous);
}

function expired(): Failure {
  return new Failure(
    'setup',
    'keys_expired',
    'the keys could not be read again for longer than they may be used',
    {
      cure: 'see why in the log (key_refresh), or raise DAS_KEY_MAX_AGE_SECONDS',
    },
  );
}
