import type { StreamContract } from '@das/contracts';
import type { KeyPurpose } from '@das/pipeline';

const PURPOSE = /^(dead-letter|record-hash|link|(token|encrypt):[a-z][a-z0-9_]*)$/;

export function isPurpose(text: string): text is KeyPurpose {
  return PURPOSE.test(text);
}

/**
 * Whether keys of this purpose make tokens. Such a key is never exchanged for another one: whoever joins by the
 * tokens would see two people where there is one. The next one is layered on it (`makeToken`).
 */
export function isLayered(purpose: KeyPurpose): boolean {
  return purpose === 'link' || purpose.startsWith('token:');
}

/** What a key ring holds for these contracts: every purpose of every domain, whether a contract needs it yet or not. */
export function ringPurposes(contracts: readonly Pick<StreamContract, 'domain'>[]): readonly KeyPurpose[] {
  const domains = [...new Set(contracts.map(({ domain }) => domain))].sort();
  return [
    'dead-letter',
    'record-hash',
    'link',
    ...domains.flatMap((domain): KeyPurpose[] => [`token:${domain}`, `encrypt:${domain}`]),
  ];
}
