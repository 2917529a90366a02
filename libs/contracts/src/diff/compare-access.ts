import { told, type Report } from './diff-finding';
import { added, canonical, isRaw, rawOf, same, secondsOf, textsOf, type Raw } from './raw';

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
  // What a role may do beside reading: without it, less.
  for (const key of ['collects', 'replays', 'sees'])
    if (!same(base[key], head[key]))
      report(
        head[key] === undefined || head[key] === false
          ? 'GOVERNANCE_ACCESS_NARROWED'
          : 'GOVERNANCE_ACCESS_WIDENED',
        `${name}.${key}`,
        `${told(base[key])} became ${told(head[key])}`,
      );
  if (!same(base.kind, head.kind))
    report('GOVERNANCE_ACCESS_WIDENED', `${name}.kind`, `${told(base.kind)} became ${told(head.kind)}`);
  const [long, now] = [secondsOf(base.lasts), secondsOf(head.lasts)];
  if (long !== now) {
    const shorter = now !== undefined && (long === undefined || now < long);
    report(
      shorter ? 'GOVERNANCE_ACCESS_NARROWED' : 'GOVERNANCE_ACCESS_WIDENED',
      `${name}.lasts`,
      `${told(base.lasts)} became ${told(head.lasts)}`,
    );
  }
  if (TEXTS.some((key) => !same(base[key], head[key])))
    report('CONSUMER_TEXT_CHANGED', name, 'is described otherwise');
  const known = new Set([...LISTS, ...TEXTS, 'domains', 'kind', 'collects', 'replays', 'sees', 'lasts']);
  for (const key of new Set([...Object.keys(base), ...Object.keys(head)]))
    if (!known.has(key) && !same(base[key], head[key]))
      report('GOVERNANCE_ACCESS_WIDENED', `${name}.${key}`, 'is not known, and changed');
}

/** A file of policy templates: each entry of each section, by its name. */
export function comparePolicies(base: Raw, head: Raw, report: Report): void {
  for (const section of new Set([...Object.keys(base), ...Object.keys(head)])) {
    const [before, after] = [rawOf(base[section]), rawOf(head[section])];
    if ([base[section], head[section]].some((value) => value !== undefined && !isRaw(value)))
      report('GOVERNANCE_POLICY_CHANGED', section, 'cannot be compared');
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const path = `${section}.${name}`;
      const [was, is] = [rawOf(before[name]), rawOf(after[name])];
      if (!isRaw(before[name] ?? was) || !isRaw(after[name] ?? is))
        report('GOVERNANCE_POLICY_CHANGED', path, 'cannot be compared');
      else if (!(name in before)) report('GOVERNANCE_POLICY_ADDED', path, 'is new');
      else if (canonical({ ...was, description: '' }) !== canonical({ ...is, description: '' }))
        report('GOVERNANCE_POLICY_CHANGED', path, name in after ? 'says something else' : 'is gone');
      else if (!same(was.description, is.description))
        report('CONSUMER_TEXT_CHANGED', path, 'is described otherwise');
    }
  }
}
