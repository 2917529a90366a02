import type { Report } from './diff-finding';
import { added, byName, custom, rawOf, rawsOf, same, textsOf, type Raw } from './raw';

/** Who sees a row is decided by a value: where that comes from is as much a matter of access as the policy. */
export function compareRowSources(base: Raw, head: Raw, path: string, report: Report): void {
  const [before, after] = [byName(base.properties, 'name'), byName(head.properties, 'name')];
  for (const column of new Set([...rowColumns(base), ...rowColumns(head)])) {
    const [from, to] = [before.get(column), after.get(column)].map(
      (property) => property && textsOf(property.transformSourceObjects).toSorted(),
    );
    if (from !== undefined && to !== undefined && !same(from, to))
      report(
        'GOVERNANCE_ROW_ACCESS_SOURCE_CHANGED',
        `${path}.${column}`,
        `decides who sees a row, and is made from ${to.join(', ') || 'nothing'} in place of ${from.join(', ') || 'nothing'}`,
      );
  }
}

function rowColumns(table: Raw): readonly string[] {
  const access = rawOf(custom(table, 'das.rowAccess'));
  return textsOf(Object.values(rawOf(access.columns)));
}

/** Sources of which it is said that nothing personal is left: of a column, or of which rows there are. */
export function compareDeclassified(base: Raw, head: Raw, path: string, report: Report): void {
  const sources = (owner: Raw): readonly string[] =>
    rawsOf(custom(owner, 'das.declassifies')).map(({ source }) => String(source));
  const [before, after] = [sources(base), sources(head)];
  for (const source of added(before, after))
    report('GOVERNANCE_DECLASSIFIED', path, `is said to keep nothing personal of ${source}`);
  for (const source of added(after, before))
    report('GOVERNANCE_DECLASSIFIED_NO_MORE', path, `is no longer said to keep nothing of ${source}`);
  if (
    same(before.toSorted(), after.toSorted()) &&
    !same(custom(base, 'das.declassifies'), custom(head, 'das.declassifies'))
  )
    report('CONSUMER_TEXT_CHANGED', path, 'why it is declassified is said otherwise');
}
