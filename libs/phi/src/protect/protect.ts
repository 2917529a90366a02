import type { StreamContract } from '@das/contracts';
import type { Step } from '@das/pipeline';
import { landingOf, type ProtectOptions } from './landed-form';
import { createLinker, type Linker } from './link-tokens';
import { protectedTree, type ProtectedNode } from './protected-tree';
import { purposesOf } from './purposes';
import { splice, type Landing } from './splice';
import { createTagger, type Tagger } from './tag';

/** What a contract version asks for, compiled once. */
interface Plan {
  readonly tag: Tagger;
  readonly link: Linker | undefined;
  /** undefined: everything lands as it was sent. */
  readonly tree: ProtectedNode<Landing> | undefined;
}

/**
 * Makes of an event what its contract says that lands, and says what of it is PHI. What it cannot protect it lets
 * nobody land: it throws, and the collector stops.
 * @param contracts - every version that is still accepted
 * @throws Failure setup for a key that one of them needs and that is missing: before the first record
 */
export function protect(contracts: readonly StreamContract[], options: ProtectOptions): Step {
  for (const purpose of contracts.flatMap(purposesOf)) options.keys.current(purpose);
  const plans = new Map(contracts.map((contract) => [contract, planOf(contract, options)]));

  return function protect(draft) {
    const plan = plans.get(draft.contract);
    if (plan === undefined) throw new Error('the event was judged by a contract that is not accepted');
    const { tag, link, tree } = plan;
    const tags = tag(draft.event);
    // What the scan found comes after what is declared.
    draft.phiTags = draft.phiTags.length === 0 ? tags : [...tags, ...draft.phiTags];
    if (link !== undefined) draft.linkTokens = link(draft.event);
    if (tree !== undefined) draft.payload = splice(draft, tree);
    return undefined;
  };
}

function planOf(contract: StreamContract, options: ProtectOptions): Plan {
  const entries = contract.phi.flatMap((property) => {
    const landing = landingOf(property, contract, options);
    return landing === undefined ? [] : [[property.path, landing] as const];
  });
  return {
    tag: createTagger(contract),
    link: createLinker(contract, options.keys),
    tree: entries.length === 0 ? undefined : protectedTree(entries),
  };
}
