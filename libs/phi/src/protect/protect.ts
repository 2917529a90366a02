import type { StreamContract } from '@das/contracts';
import type { KeyProvider, Step } from '@das/pipeline';
import { purposesOf } from './purposes';
import { createTagger, type Tagger } from './tag';

export interface ProtectOptions {
  readonly keys: KeyProvider;
}

/**
 * Makes of an event what its contract says that lands, and says what of it is PHI.
 * @param contracts - every version that is still accepted
 * @throws Failure setup for a key that one of them needs and that is missing: before the first record
 */
export function protect(contracts: readonly StreamContract[], { keys }: ProtectOptions): Step {
  for (const purpose of contracts.flatMap(purposesOf)) keys.current(purpose);
  const taggers = new Map<StreamContract, Tagger>(
    contracts.map((contract) => [contract, createTagger(contract)]),
  );

  return function protect(draft) {
    const tags = taggers.get(draft.contract)?.(draft.event);
    if (tags === undefined) throw new Error('no such contract version');
    // What the scan found comes after what is declared.
    draft.phiTags = draft.phiTags.length === 0 ? tags : [...tags, ...draft.phiTags];
    return undefined;
  };
}
