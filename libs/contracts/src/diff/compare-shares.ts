import { compareRest } from './compare-column';
import { told, type Report } from './diff-finding';
import { added, byName, custom, rawOf, same, textOf, textsOf, type Raw } from './raw';

/** Whether less is shown by a list, or more. */
const LISTS = ['columns', 'regions'] as const;
/** What a share is for, and to whom: another one is another decision. */
const DECIDED = ['table', 'account', 'purpose', 'approved'] as const;
const KNOWN = new Set(['name', ...LISTS, ...DECIDED, 'reader', 'contact', 'expires']);

/** What accounts outside read of it. A share that is new or shows more needs approvals; one that shows less does not. */
export function compareShares(base: Raw, head: Raw, report: Report): void {
  const [before, after] = [base, head].map((contract) => byName(custom(contract, 'das.shares'), 'name'));
  for (const [name, share] of before ?? []) {
    const path = `das.shares.${name}`;
    const now = after?.get(name);
    if (now === undefined) report('GOVERNANCE_SHARE_REMOVED', path, 'is gone');
    else compareShare(share, now, path, report);
  }
  for (const [name, share] of after ?? [])
    if (before?.has(name) !== true)
      report(
        'GOVERNANCE_SHARE_ADDED',
        `das.shares.${name}`,
        `${told(share.account ?? rawOf(share.reader).name)} reads ${told(share.table)} until ${told(share.expires)}`,
      );
}

function compareShare(base: Raw, head: Raw, path: string, report: Report): void {
  for (const key of LISTS) compareList(base, head, key, path, report);
  for (const key of DECIDED)
    if (!same(base[key], head[key]))
      report('GOVERNANCE_SHARE_WIDENED', path, `${key}: ${told(base[key])} became ${told(head[key])}`);
  if (!same(base.expires, head.expires)) {
    const sooner = textOf(head.expires) < textOf(base.expires);
    const rule = sooner ? 'GOVERNANCE_SHARE_NARROWED' : 'GOVERNANCE_SHARE_WIDENED';
    report(rule, path, `expires: ${told(base.expires)} became ${told(head.expires)}`);
  }
  compareReader(rawOf(base.reader), rawOf(head.reader), path, report);
  if (!same(base.contact, head.contact)) report('CONSUMER_TEXT_CHANGED', path, 'contact changed');
  compareRest(base, head, KNOWN, path, report);
}

/** `*` is every region: what comes in its place is less. */
function compareList(base: Raw, head: Raw, key: (typeof LISTS)[number], path: string, report: Report): void {
  const [before, after] = [textsOf(base[key]), textsOf(head[key])];
  const isAll = (list: readonly string[]): boolean => key === 'regions' && list.includes('*');
  const more = isAll(before) ? [] : added(before, after);
  const less = isAll(after) ? [] : added(after, before);
  if (more.length > 0) report('GOVERNANCE_SHARE_WIDENED', path, `${key}: ${more.join(', ')} more`);
  if (less.length > 0) report('GOVERNANCE_SHARE_NARROWED', path, `${key}: ${less.join(', ')} less`);
}

/** Who reads is decided by the account; what a reader account may use is money. */
function compareReader(base: Raw, head: Raw, path: string, report: Report): void {
  if (!same(base.name, head.name))
    report('GOVERNANCE_SHARE_WIDENED', path, `reader: ${told(base.name)} became ${told(head.name)}`);
  else if (!same(base.creditsPerMonth, head.creditsPerMonth)) {
    const lower = Number(head.creditsPerMonth) < Number(base.creditsPerMonth);
    report(
      lower ? 'COST_CAP_LOWERED' : 'COST_CAP_RAISED',
      path,
      `creditsPerMonth: ${told(base.creditsPerMonth)} became ${told(head.creditsPerMonth)}`,
    );
  }
  compareRest(base, head, new Set(['name', 'creditsPerMonth']), `${path}.reader`, report);
}
