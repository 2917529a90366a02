import type { ContractTree } from '../diff/diff-trees';
import { rawOf, rawsOf, textsOf } from '../diff/raw';
import { approvalPath, readApproval, type Approval } from './approval';
import { read, type Change, type GateFault } from './change';

/** Whether two people who may have approved exactly this change. Who may is what the older state says. */
export function approvalFaults(
  change: Change,
  digest: string,
  { base, head, today }: { readonly base: ContractTree; readonly head: ContractTree; readonly today: string },
): readonly GateFault[] {
  const { contract } = change;
  const path = approvalPath(contract, digest);
  const fault = (message: string): GateFault => ({
    contract,
    rule: 'APPROVAL',
    message,
    cure: `das contract check --base … --template prints ${path}: steward and security fill it in`,
  });
  const file = head.get(path);
  if (file === undefined) return [fault('breaks somebody, and is not approved')];
  const approval = readApproval(file);
  if (!('digest' in approval)) return approval.map(fault);
  return signatureFaults(approval, change, { digest, base, head, today }).map((message) =>
    fault(`${path}: ${message}`),
  );
}

function signatureFaults(
  { contract: named, digest: approved, steward, security }: Approval,
  { contract, before, after }: Change,
  {
    digest,
    base,
    head,
    today,
  }: {
    readonly digest: string;
    readonly base: ContractTree;
    readonly head: ContractTree;
    readonly today: string;
  },
): readonly string[] {
  const faults: string[] = [];
  if (named !== contract || approved !== digest) faults.push('approves another change');
  const roles = rawOf(read(base, 'roles.yaml') ?? read(head, 'roles.yaml'));
  const guards = textsOf(roles.security);
  const stewards = contract.endsWith('.yaml')
    ? guards
    : rawsOf(rawOf((before ?? after)?.team).members)
        .filter(({ role }) => role === 'steward')
        .map(({ username }) => String(username));
  if (!stewards.includes(steward.by))
    faults.push(`${steward.by} is no steward of it: ${stewards.join(', ') || 'nobody'} is`);
  if (!guards.includes(security.by))
    faults.push(`${security.by} does not approve for security: ${guards.join(', ') || 'nobody'} does`);
  if (steward.by === security.by) faults.push('one person signed twice');
  for (const { by, on } of [steward, security])
    if (on > today) faults.push(`${by} signed on ${on}, which is yet to come`);
  return faults;
}
