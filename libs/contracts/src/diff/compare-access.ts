import { told, type Report } from './diff-finding';
import { added, canonical, rawOf, same, secondsOf, textsOf, type Raw } from './raw';

const LISTS = ['regions', 'purposes', 'tiers', 'writes', 'account'];
const TEXTS = ['description'];

/** `roles.yaml`: a role that may do more than it could. */
export function compareRoles(base: Raw, head: Raw, report: Report): void {
  const [before, after] = [rawOf(base.roles), rawOf(head.roles)];
  for (const name of Object.keys(before))
    if (!(name in after)) report('GOVERNANCE_ACCESS_NARROWED', name, 'is gone');
  for (const [name, role] of Object.entries(after)) {
    if (!(name in before)) report('GOVERNANCE_ACCESS_WIDENED', name, 'is a new role');
    else compareRole(rawOf(before[name]), rawOf(role), name, report);
  }
  const [approvers, now] = [textsOf(base.security), textsOf(head.security)];
  for (const who of added(approvers, now)) report('GOVERNANCE_APPROVER_ADDED', 'security', who);
  for (const who of added(now, approvers)) report('GOVERNANCE_APPROVER_REMOVED', 'security', who);
  for (const key of new Set([...Object.keys(base), ...Object.keys(head)]))
    if (key !== 'roles' && key !== 'security' && !same(base[key], head[key]))
      report('GOVERNANCE_ACCESS_WIDENED', key, 'is not known, and changed');
}

function compareRole(base: Raw, head: Raw, name: string, report: Report): void {
  for (const key of LISTS) {
    const [before, after] = [textsOf(base[key]), textsOf(head[key])];
    // A star is everything there is: whatever else was given says nothing more.
    if (!before.includes('*'))
      for (const more of added(before, after))
        report('GOVERNANCE_ACCESS_WIDENED', `${name}.${key}`, `gains ${more}`);
    for (const less of added(after, before))
      report('GOVERNANCE_ACCESS_NARROWED', `${name}.${key}`, `loses ${less}`);
  }
  const [from, to] = [base.domains, head.domains];
  if (!same(from, to)) {
    const wider = to === undefined || (from !== undefined && added(textsOf(from), textsOf(to)).length > 0);
    report(
      wider ? 'GOVERNANCE_ACCESS_WIDENED' : 'GOVERNANCE_ACCESS_NARROWED',
      `${name}.domains`,
      `${told(from)} became ${told(to)}`,
    );
  }
  for (const key of ['kind', 'collects'])
    if (!same(base[key], head[key]))
      report('GOVERNANCE_ACCESS_WIDENED', `${name}.${key}`, `${told(base[key])} became ${told(head[key])}`);
  if (!same(base.sees, head.sees))
    report(
      head.sees === undefined ? 'GOVERNANCE_ACCESS_NARROWED' : 'GOVERNANCE_ACCESS_WIDENED',
      `${name}.sees`,
      told(head.sees),
    );
  if (!same(base.lasts, head.lasts)) {
    const [hours, now] = [secondsOf(base.lasts), secondsOf(head.lasts)];
    const shorter = now !== undefined && (hours === undefined || now < hours);
    report(
      shorter ? 'GOVERNANCE_ACCESS_NARROWED' : 'GOVERNANCE_ACCESS_WIDENED',
      `${name}.lasts`,
      `${told(base.lasts)} became ${told(head.lasts)}`,
    );
  }
  if (TEXTS.some((key) => !same(base[key], head[key])))
    report('CONSUMER_TEXT_CHANGED', name, 'is described otherwise');
  const known = new Set([...LISTS, ...TEXTS, 'domains', 'kind', 'collects', 'sees', 'lasts']);
  for (const key of new Set([...Object.keys(base), ...Object.keys(head)]))
    if (!known.has(key) && !same(base[key], head[key]))
      report('GOVERNANCE_ACCESS_WIDENED', `${name}.${key}`, 'is not known, and changed');
}

/** A file of policy templates: each entry of each section, by its name. */
export function comparePolicies(base: Raw, head: Raw, report: Report): void {
  for (const section of new Set([...Object.keys(base), ...Object.keys(head)])) {
    const [before, after] = [rawOf(base[section]), rawOf(head[section])];
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const path = `${section}.${name}`;
      const [was, is] = [rawOf(before[name]), rawOf(after[name])];
      if (!(name in before)) report('GOVERNANCE_POLICY_ADDED', path, 'is new');
      else if (canonical({ ...was, description: '' }) !== canonical({ ...is, description: '' }))
        report('GOVERNANCE_POLICY_CHANGED', path, name in after ? 'says something else' : 'is gone');
      else if (!same(was.description, is.description))
        report('CONSUMER_TEXT_CHANGED', path, 'is described otherwise');
    }
  }
}

/** `policies/network.yaml`: from where the account is reached. */
export function compareNetwork(base: Raw, head: Raw, report: Report): void {
  const [before, after] = [rawOf(base.policies), rawOf(head.policies)];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [rawOf(before[name]), rawOf(after[name])];
    const path = `policies.${name}`;
    const [from, to] = [textsOf(was.allow), textsOf(is.allow)];
    for (const range of to)
      if (!from.some((wide) => contains(wide, range)))
        report('GOVERNANCE_NETWORK_WIDENED', path, `gains ${range}`);
    for (const range of from)
      if (!to.some((wide) => contains(wide, range)))
        report('GOVERNANCE_NETWORK_NARROWED', path, `loses ${range}`);
    // Without a policy, addresses are not looked at.
    if (!(name in after)) report('GOVERNANCE_NETWORK_WIDENED', path, 'is gone');
    else if (name in before && was.for !== is.for)
      report('GOVERNANCE_NETWORK_WIDENED', path, `for ${told(was.for)} became ${told(is.for)}`);
    if (!same(was.description, is.description) && name in before && name in after)
      report('CONSUMER_TEXT_CHANGED', path, 'is described otherwise');
  }
}

/** Whether an IPv4 range holds all of another one. */
function contains(wide: string, narrow: string): boolean {
  const [a, b] = [rangeOf(wide), rangeOf(narrow)];
  return a !== undefined && b !== undefined && a.first <= b.first && b.last <= a.last;
}

function rangeOf(text: string): { readonly first: number; readonly last: number } | undefined {
  const [address = '', bits = '32'] = text.split('/');
  const parts = address.split('.').map(Number);
  const size = 2 ** (32 - Number(bits));
  if (
    parts.length !== 4 ||
    parts.some((part) => !(part >= 0 && part <= 255)) ||
    !Number.isInteger(Math.log2(size))
  )
    return undefined;
  const number = parts.reduce((sum, part) => sum * 256 + part, 0);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}
