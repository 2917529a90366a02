import { CLASSIFICATIONS } from '../stream-contract';
import { told, type Report } from './diff-finding';
import { added, custom, rawsOf, same, textsOf, type Raw } from './raw';

/** How little of a value lands, from least protected to most. */
const PROTECTIONS = ['clear', 'generalize', 'tokenize', 'encrypt', 'redact'];

const KNOWN = [
  'das.protect',
  'das.mask',
  'das.clearFor',
  'das.link',
  'das.enum',
  'das.nullable',
  'das.projection',
  'das.declassifies',
];

/** What a column says of who may know it. */
export function compareProtection(base: Raw, head: Raw, path: string, report: Report): void {
  compareClass(base, head, path, report);
  compareKind(base, head, path, report);
  compareLanding(custom(base, 'das.protect'), custom(head, 'das.protect'), path, report);
  compareMask(base, head, path, report);
  const [before, after] = [textsOf(custom(base, 'das.clearFor')), textsOf(custom(head, 'das.clearFor'))];
  for (const role of added(before, after)) report('GOVERNANCE_CLEAR_WIDENED', path, `is clear for ${role}`);
  for (const role of added(after, before))
    report('GOVERNANCE_CLEAR_NARROWED', path, `is no longer clear for ${role}`);
  if (!same(custom(base, 'das.link'), custom(head, 'das.link')))
    report(
      'GOVERNANCE_LINK_CHANGED',
      path,
      `das.link: ${told(custom(base, 'das.link'))} became ${told(custom(head, 'das.link'))}`,
    );
  compareConstraint(custom(base, 'das.projection'), custom(head, 'das.projection'), path, report);
  compareUnknown(base, head, KNOWN, path, report);
}

function compareClass(base: Raw, head: Raw, path: string, report: Report): void {
  const rank = (value: unknown): number => CLASSIFICATIONS.findIndex((name) => name === value);
  const [before, after] = [rank(base.classification), rank(head.classification)];
  const message = `${told(base.classification)} became ${told(head.classification)}`;
  // Unclassified is nothing at all: whatever it was, it is less than that.
  if (after < before) report('GOVERNANCE_CLASS_LOWERED', path, message);
  if (after > before) report('GOVERNANCE_CLASS_RAISED', path, message);
}

function compareKind(base: Raw, head: Raw, path: string, report: Report): void {
  const kinds = ({ tags }: Raw): readonly string[] =>
    textsOf(tags)
      .filter((tag) => tag.startsWith('phi:'))
      .toSorted();
  const [before, after] = [kinds(base), kinds(head)];
  if (same(before, after)) return;
  report(
    before.length === 0 ? 'GOVERNANCE_KIND_ADDED' : 'GOVERNANCE_KIND_CHANGED',
    path,
    `${told(before)} became ${told(after)}`,
  );
}

function compareLanding(before: unknown, after: unknown, path: string, report: Report): void {
  const [from, to] = [before ?? 'clear', after ?? 'clear'].map(String) as [string, string];
  if (from === to) {
    if (before !== undefined && after === undefined)
      report('GOVERNANCE_PROTECTION_WEAKENED', path, 'says nothing of what lands any more');
    return;
  }
  const weaker = PROTECTIONS.indexOf(to) < PROTECTIONS.indexOf(from);
  report(
    weaker ? 'GOVERNANCE_PROTECTION_WEAKENED' : 'GOVERNANCE_LANDED_FORM_CHANGED',
    path,
    `${from} became ${to}`,
  );
}

/** Of two forms none says less than the other, but `nothing` less than all. */
function compareMask(base: Raw, head: Raw, path: string, report: Report): void {
  const [before, after] = [custom(base, 'das.mask'), custom(head, 'das.mask')];
  if (before === after) return;
  const tighter = before === undefined || after === 'nothing';
  report(
    tighter ? 'GOVERNANCE_MASK_TIGHTENED' : 'GOVERNANCE_MASK_WEAKENED',
    path,
    `${told(before)} became ${told(after)}`,
  );
}

export function compareConstraint(before: unknown, after: unknown, path: string, report: Report): void {
  if (same(before, after)) return;
  const rule = before === undefined ? 'GOVERNANCE_CONSTRAINT_ADDED' : 'GOVERNANCE_CONSTRAINT_REMOVED';
  report(rule, path, `${told(before)} became ${told(after)}`);
}

/** A custom property of ours that no rule knows may be a protection. */
export function compareUnknown(
  base: Raw,
  head: Raw,
  known: readonly string[],
  path: string,
  report: Report,
): void {
  const names = [base, head].flatMap((owner) =>
    rawsOf(owner.customProperties).map(({ property }) => String(property)),
  );
  for (const name of new Set(names))
    if (!known.includes(name) && !same(custom(base, name), custom(head, name)))
      report(
        name.startsWith('das.') ? 'CONSUMER_OTHER_CHANGED' : 'CONSUMER_TEXT_CHANGED',
        path,
        `${name} changed`,
      );
}
