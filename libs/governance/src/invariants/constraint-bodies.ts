import type { AccessBook } from '@das/contracts';
import { seeEverything } from '../compile/masking-policies';
import { isRole } from '../compile/sql-text';
import type { RenderedPolicy } from '../rendered/read-policies';
import { broken, type Broken } from './broken';
import { caseOf } from './case-of';

/** Cells of fewer are suppressed: CMS asks for it of what is published of patients (cell suppression policy). */
const SMALLEST_GROUP = 11;
const HOLDS =
  /^(?:projection_constraint\(allow => false\)|aggregation_constraint\(min_group_size => (?<minimum>\d+)\))$/;
const FREE = /^(?:projection_constraint\(allow => true\)|no_aggregation_constraint\(\))$/;

export function isConstraint({ name }: RenderedPolicy): boolean {
  return /\.(?:PROJECT|AGGREGATE)_\w+$/.test(name);
}

/** What is wrong with the body of a projection or aggregation policy: only what is understood is right. */
export function constraintFaults(policy: RenderedPolicy, access: AccessBook): readonly Broken[] {
  const free = new Set(seeEverything(access).map(isRole));
  const read = caseOf(policy.body);
  const whens = read?.whens ?? [];
  const open = whens.filter(
    ({ condition, shows }) => !FREE.test(shows) || !condition.split(' or ').every((role) => free.has(role)),
  );
  const held = HOLDS.exec(read?.otherwise ?? '');
  const minimum = Number(held?.groups?.minimum ?? SMALLEST_GROUP);
  return [
    ...open.map(({ condition }) =>
      broken('constraint-holds', policy.name, `does not hold when ${condition}`),
    ),
    ...(held === null ? [broken('constraint-holds', policy.name, 'does not hold of everybody else')] : []),
    ...(minimum < SMALLEST_GROUP
      ? [broken('constraint-holds', policy.name, `shows groups of ${minimum}, below ${SMALLEST_GROUP}`)]
      : []),
  ];
}
