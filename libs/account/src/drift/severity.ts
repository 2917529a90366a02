import { isProtecting, SYSTEM_ROLES, type Concerns } from './concerns';
import type { Fact, FactOf } from './facts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something is declared and missing: access fails, which is told by whoever needs it; a protection fails silently. */
export function severityOfMissing(fact: Fact): Severity {
  switch (fact.is) {
    case 'protection':
    case 'policy':
    case 'tag mask':
    case 'attached':
      return 'critical';
    case 'setting':
      return saysWhoGetsIn(fact) ? 'critical' : 'high';
    case 'privilege':
    case 'future':
    case 'tag':
    case 'mapping':
      return 'medium';
    default:
      return 'high';
  }
}

/** Something is there that nobody declared. */
export function severityOfExtra(fact: Fact, concerns: Concerns): Severity {
  switch (fact.is) {
    case 'held':
      return heldSeverity(fact, concerns);
    case 'privilege':
    case 'future':
      return fact.to.name === 'PUBLIC' || fact.to.type === 'SHARE' ? 'critical' : 'high';
    case 'attached':
    case 'share':
    case 'reader':
      return 'critical';
    case 'credential':
      return fact.what === 'PASSWORD' ? 'critical' : 'high';
    case 'tag':
    case 'tag mask':
    case 'mapping':
    case 'procedure':
    case 'task':
    case 'shared view':
      return 'high';
    default:
      return 'medium';
  }
}

function saysWhoGetsIn({ kind }: FactOf<'setting'>): boolean {
  return kind.endsWith(' POLICY') || kind === 'NETWORK RULE';
}

/** What a role above ours holds opens masks to it: IS_ROLE_IN_SESSION says yes for every role that is inherited. */
function heldSeverity({ role, to }: FactOf<'held'>, { unheld, account }: Concerns): Severity {
  return unheld.has(role) ||
    role === account.emergency.role ||
    SYSTEM_ROLES.has(to.name) ||
    to.type === 'SHARE'
    ? 'critical'
    : 'high';
}

/** Something is otherwise than declared. */
export function severityOfChange(declared: Fact, found: Fact): Severity {
  switch (declared.is) {
    case 'policy':
    case 'protection':
    case 'tag mask':
    case 'attached':
    case 'procedure':
    case 'share':
    case 'shared view':
    case 'reader':
      return 'critical';
    case 'setting':
      return saysWhoGetsIn(declared) ? 'critical' : 'high';
    case 'tag':
      return isProtecting(declared.tag) ? 'high' : 'low';
    case 'warehouse':
      // Without its monitor, nothing stops a warehouse.
      return found.is === 'warehouse' && declared.monitor !== found.monitor ? 'high' : 'low';
    default:
      return 'high';
  }
}
