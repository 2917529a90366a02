import type { PhiKind, ProtectedProperty, StreamContract } from '@das/contracts';
import { makeToken, sealBytes } from '@das/keys';
import type { Clock, KeyProvider } from '@das/pipeline';
import { generalizerOf } from './generalize/generalize';
import type { Landing } from './splice';
import { tagOf } from './tag';

export interface ProtectOptions {
  readonly keys: KeyProvider;
  /** Says who is over 89. */
  readonly clock: Pick<Clock, 'now'>;
}

/** How the values of a property land; undefined: as they were sent. */
export function landingOf(
  property: ProtectedProperty,
  { domain, stream }: Pick<StreamContract, 'domain' | 'stream'>,
  { keys, clock }: ProtectOptions,
): Landing | undefined {
  const { protect, kind, path } = property;
  switch (protect) {
    case 'clear':
      return undefined;
    case 'redact':
      return () => null;
    case 'tokenize':
      // The key is asked for each time: it may be refreshed between two records.
      return (text) => makeToken('tok', keys.current(`token:${domain}`), messageOf(kind, text));
    case 'encrypt': {
      const bound = { domain, stream, path: tagOf(path) };
      return (_, json) => sealBytes(json(), { key: keys.current(`encrypt:${domain}`), bound });
    }
    case 'generalize': {
      const coarsen = generalizerOf(kind);
      return (text) => coarsen(text, clock.now()) ?? null;
    }
  }
}

/** What a token is the keyed hash of. No kind holds a NUL: two of them never have the same message. */
export function messageOf(kind: PhiKind, text: string): string {
  return `${kind}\0${text}`;
}
