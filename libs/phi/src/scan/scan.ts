import type { StreamContract, UndeclaredPhi } from '@das/contracts';
import type { Dead, Step } from '@das/pipeline';
import type { Hit } from './event-reader';
import { findHits } from './find-hits';
import type { ScanKind } from './kinds';
import { planOf, type ScanPlan } from './scan-plan';

/** Hears what the scan finds, without where and what. Must not throw. */
export interface ScanObserver {
  readonly phiFound: (kind: ScanKind, mode: Exclude<UndeclaredPhi, 'allow'>) => void;
}

/** What a dead letter lists at most; the first few say what is wrong. */
const MAX_ERRORS = 10;
/**
 * Looks for PHI where the contract declares none: `quarantine` refuses the record, `tag` says in PHI_TAGS where it
 * is, `allow` does not look.
 * @param contracts - every version that is still accepted
 */
export function scan(contracts: readonly StreamContract[], observer: ScanObserver): Step {
  const plans = new Map<StreamContract, ScanPlan>(
    contracts
      .filter(({ undeclaredPhi }) => undeclaredPhi !== 'allow')
      .map((contract) => [contract, planOf(contract)]),
  );

  return function scan(draft) {
    const plan = plans.get(draft.contract);
    if (plan === undefined) return undefined;
    const hits = findHits(draft, plan);
    if (hits.length === 0) return undefined;
    const mode = draft.contract.undeclaredPhi === 'quarantine' ? 'quarantine' : 'tag';
    const tagged = new Map(hits.map((hit) => [`${hit.place.tag}#${hit.kind}`, hit.kind]));
    for (const kind of tagged.values()) observer.phiFound(kind, mode);
    if (mode === 'quarantine') return refuse(hits);
    draft.phiTags = [...new Set([...draft.phiTags, ...tagged.keys()])];
    return undefined;
  };
}

function refuse(hits: readonly Hit[]): Dead {
  const errors = hits.map(({ kind, place }) => ({ path: place.pointer, rule: kind }));
  const unique = new Map(errors.map((error) => [`${error.path}#${error.rule}`, error]));
  return {
    outcome: 'dead',
    reason: 'undeclared_phi',
    stage: 'scan',
    errors: [...unique.values()].slice(0, MAX_ERRORS),
  };
}
