import { isProtecting, SYSTEM_ROLES, type Concerns } from './concerns';
import type { Fact, FactOf } from './facts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something is declared and missing: access fails, which is told by whoever needs it; a protection fails silently. */
export function severityOfMissing(fact: Fact): Severity {
  switch (fact.is) {
    case 'protection':
    case 'policy':
      return 'critical';
    case 'role':
    case 'held':
    case 'warehouse':
      return 'high';
    case 'privilege':
    case 'future':
    case 'tag':
      return 'medium';
  }
}

/** Something is there that nobody declared. */
export function severityOfExtra(fact: Fact, concerns: Concerns): Severity {
  switch (fact.is) {
    case 'held':
      return heldSeverity(fact, concerns);
    case 'privilege':
    case 'future':
      return fact.to.name === 'PUBLIC' ? 'critical' : 'high';
    case 'tag':
      return 'high';
    default:
      return 'medium';
  }
}

/** What a role above ours holds opens masks to it: IS_ROLE_IN_SESSION says yes for every role that is inherited. */
function heldSeverity({ role, to }: FactOf<'held'>, { unheld, account }: Concerns): Severity {
  return unheld.has(role) || role === account.emergency.role || SYSTEM_ROLES.has(to.name)
    ? 'critical'
    : 'high';
}

/** Something is otherwise than declared. */
export function severityOfChange(declared: Fact, found: Fact): Severity {
  if (declared.is === 'policy' || declared.is === 'protection') return 'critical';
  if (declared.is === 'tag') return isProtecting(declared.tag) ? 'high' : 'low';
  // Without its monitor, nothing stops a warehouse.
  return declared.is === 'warehouse' && found.is === 'warehouse' && declared.monitor !== found.monitor
    ? 'high'
    : 'low';
}
