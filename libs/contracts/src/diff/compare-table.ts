import { compareColumn, compareRest, compareTexts, type Side } from './compare-column';
import { compareConstraint, compareUnknown } from './compare-protection';
import { compareDeclassified, compareRowSources } from './compare-sources';
import { told, type Report } from './diff-finding';
import { isPersonal } from './is-personal';
import { byName, canonical, custom, rawOf, rawsOf, same, type Raw } from './raw';

/** Every table of a contract. */
export function compareTables(base: Raw, head: Raw, side: Side, report: Report): void {
  const [before, after] = [byName(base.schema, 'name'), byName(head.schema, 'name')];
  for (const [name] of before)
    if (!after.has(name)) report('CONSUMER_TABLE_REMOVED', `schema.${name}`, 'is gone');
  for (const [name, table] of after) {
    const old = before.get(name);
    if (old === undefined)
      report(
        isPersonal({ schema: [table] }) ? 'GOVERNANCE_PERSONAL_DATA_ADDED' : 'CONSUMER_TABLE_ADDED',
        `schema.${name}`,
        'is new',
      );
    else compareTable(old, table, `schema.${name}`, side, report);
  }
}

const KNOWN = new Set([
  'name',
  'physicalName',
  'logicalType',
  'physicalType',
  'properties',
  'customProperties',
  'quality',
  'description',
  'tags',
  'businessName',
  'dataGranularityDescription',
  'authoritativeDefinitions',
  'examples',
]);

const KNOWN_CUSTOM = ['das.model', 'das.rowAccess', 'das.aggregation', 'das.declassifies'];

function compareTable(base: Raw, head: Raw, path: string, side: Side, report: Report): void {
  if (!same(base.physicalName, head.physicalName))
    report('STORAGE_TABLE_MOVED', path, `${told(base.physicalName)} became ${told(head.physicalName)}`);
  if (!same(base.dataGranularityDescription, head.dataGranularityDescription))
    report('CONSUMER_TEXT_CHANGED', path, 'what a row stands for is said otherwise');
  if (!same(base.physicalType, head.physicalType) || !same(base.logicalType, head.logicalType))
    report(
      'STORAGE_MATERIALIZATION_CHANGED',
      path,
      `${told(base.physicalType)} became ${told(head.physicalType)}`,
    );
  compareModel(rawOf(custom(base, 'das.model')), rawOf(custom(head, 'das.model')), path, report);
  compareRowAccess(custom(base, 'das.rowAccess'), custom(head, 'das.rowAccess'), path, report);
  compareRowSources(base, head, path, report);
  compareDeclassified(base, head, path, report);
  compareConstraint(custom(base, 'das.aggregation'), custom(head, 'das.aggregation'), path, report);
  compareUnknown(base, head, KNOWN_CUSTOM, path, report);
  compareQuality(base.quality, head.quality, path, report);
  compareTexts(base, head, path, report);
  compareRest(base, head, KNOWN, path, report);
  compareProperties(rawsOf(base.properties), rawsOf(head.properties), path, side, report);
}

function compareModel(base: Raw, head: Raw, path: string, report: Report): void {
  if (!same(base.materialized, head.materialized))
    report(
      'STORAGE_MATERIALIZATION_CHANGED',
      path,
      `${told(base.materialized)} became ${told(head.materialized)}`,
    );
  if (!same(base.frozen, head.frozen))
    report('STORAGE_FREEZE_CHANGED', path, `frozen: ${told(base.frozen)} became ${told(head.frozen)}`);
  if (!same(base.refreshMode ?? 'auto', head.refreshMode ?? 'auto'))
    report('STORAGE_REFRESH_CHANGED', path, `${told(base.refreshMode)} became ${told(head.refreshMode)}`);
  if (base.internal === true && head.internal !== true)
    report('GOVERNANCE_TABLE_EXPOSED', path, 'is internal no more');
  if (base.internal !== true && head.internal === true)
    report('CONSUMER_TABLE_WITHDRAWN', path, 'is internal');
  compareRest(base, head, new Set(['materialized', 'frozen', 'refreshMode', 'internal']), path, report);
}

function compareRowAccess(before: unknown, after: unknown, path: string, report: Report): void {
  if (same(before, after)) return;
  const rule = before === undefined ? 'GOVERNANCE_ROW_ACCESS_ADDED' : 'GOVERNANCE_ROW_ACCESS_WEAKENED';
  report(rule, path, `${told(before)} became ${told(after)}`);
}

export function compareQuality(base: unknown, head: unknown, path: string, report: Report): void {
  const asks = (rule: Raw): string => canonical({ ...rule, description: undefined, name: undefined });
  // A rule without a name is what it asks for.
  const named = (rules: unknown): ReadonlyMap<string, Raw> =>
    byName(
      rawsOf(rules).map((rule) => ({ ...rule, name: rule.name ?? asks(rule) })),
      'name',
    );
  const [before, after] = [named(base), named(head)];
  for (const [name, rule] of before) {
    const now = after.get(name);
    if (now === undefined) report('CONSUMER_QUALITY_WEAKENED', path, `the rule ${name} is gone`);
    else if (asks(rule) !== asks(now))
      report('CONSUMER_QUALITY_WEAKENED', path, `the rule ${name} asks for something else`);
    else if (!same(rule.description, now.description))
      report('CONSUMER_TEXT_CHANGED', path, `the rule ${name} is described otherwise`);
  }
  for (const [name] of after)
    if (!before.has(name)) report('CONSUMER_QUALITY_ADDED', path, `the rule ${name} is new`);
}

/** Columns of a table, properties of an object, in whatever order they stand. */
function compareProperties(
  base: readonly Raw[],
  head: readonly Raw[],
  path: string,
  side: Side,
  report: Report,
): void {
  const [before, after] = [byName(base, 'name'), byName(head, 'name')];
  const gone = [...before].filter(([name]) => !after.has(name));
  const fresh = new Map([...after].filter(([name]) => !before.has(name)));
  for (const [name, property] of gone) {
    const other = [...fresh].find(([, candidate]) => withoutNames(candidate) === withoutNames(property));
    if (other === undefined) report('CONSUMER_COLUMN_REMOVED', `${path}.${name}`, 'is gone');
    else {
      report('CONSUMER_COLUMN_RENAMED', `${path}.${name}`, `is called ${other[0]}`);
      fresh.delete(other[0]);
    }
  }
  for (const [name, property] of fresh) {
    const sent = side === 'stream' && property.required === true;
    report(sent ? 'CONSUMER_REQUIRED_PROPERTY_ADDED' : 'CONSUMER_COLUMN_ADDED', `${path}.${name}`, 'is new');
    compareDeclassified({}, property, `${path}.${name}`, report);
  }
  for (const [name, property] of after) {
    const old = before.get(name);
    if (old !== undefined) compareDeep(old, property, `${path}.${name}`, side, report);
  }
}

function compareDeep(base: Raw, head: Raw, path: string, side: Side, report: Report): void {
  compareColumn(base, head, path, side, report);
  compareQuality(base.quality, head.quality, path, report);
  compareProperties(rawsOf(base.properties), rawsOf(head.properties), path, side, report);
  if (base.items !== undefined && head.items !== undefined)
    compareDeep(rawOf(base.items), rawOf(head.items), `${path}[]`, side, report);
  else if (base.items !== undefined)
    report('CONSUMER_COLUMN_REMOVED', `${path}[]`, 'says no more what its items are');
  else if (head.items !== undefined) report('CONSUMER_COLUMN_RETYPED', path, 'says what its items are');
}

/** What stays the same in a column that only gets another name. */
function withoutNames(property: Raw): string {
  return canonical({
    ...property,
    name: undefined,
    physicalName: undefined,
    description: undefined,
    examples: undefined,
  });
}
