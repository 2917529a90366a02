import { told, type Report } from './diff-finding';
import { compareProtection } from './compare-protection';
import { compareDeclassified } from './compare-sources';
import { custom, rawOf, rawsOf, same, textOf, textsOf, type Raw } from './raw';

/** A stream is written by producers; a product is only read. */
export type Side = 'stream' | 'product';

/** Everything that a column, or a property of an event, says of values. What it says of protection is elsewhere. */
export function compareColumn(base: Raw, head: Raw, path: string, side: Side, report: Report): void {
  compareType(base, head, path, report);
  compareRequired(base, head, path, side, report);
  if (!same(sorted(custom(base, 'das.enum')), sorted(custom(head, 'das.enum'))))
    report(
      'CONSUMER_ENUM_CHANGED',
      path,
      `${told(custom(base, 'das.enum'))} became ${told(custom(head, 'das.enum'))}`,
    );
  compareOptions(rawOf(base.logicalTypeOptions), rawOf(head.logicalTypeOptions), path, side, report);
  for (const key of ['unique', 'primaryKey', 'primaryKeyPosition'])
    if (!same(base[key] ?? false, head[key] ?? false))
      report('CONSUMER_KEY_CHANGED', path, `${key}: ${told(base[key])} became ${told(head[key])}`);
  if (!same(base.physicalName ?? upper(base.name), head.physicalName ?? upper(head.name)))
    report(
      'CONSUMER_COLUMN_RENAMED',
      path,
      `the column ${told(base.physicalName)} became ${told(head.physicalName)}`,
    );
  const references = (column: Raw): readonly string[] =>
    rawsOf(column.relationships).map(({ to }) => String(to));
  const [before, after] = [references(base), references(head)];
  for (const to of before)
    if (!after.includes(to)) report('CONSUMER_REFERENCE_REMOVED', path, `no longer refers to ${to}`);
  for (const to of after)
    if (!before.includes(to)) report('CONSUMER_REFERENCE_ADDED', path, `refers to ${to}`);
  if (!same(textsOf(base.transformSourceObjects), textsOf(head.transformSourceObjects)))
    report('CONSUMER_LINEAGE_CHANGED', path, 'is made from other columns');
  compareProtection(base, head, path, report);
  compareDeclassified(base, head, path, report);
  compareTexts(base, head, path, report);
  compareRest(base, head, KNOWN, path, report);
}

const KNOWN = new Set([
  'name',
  'physicalName',
  'logicalType',
  'physicalType',
  'logicalTypeOptions',
  'required',
  'unique',
  'primaryKey',
  'primaryKeyPosition',
  'relationships',
  'transformSourceObjects',
  'classification',
  'tags',
  'customProperties',
  'properties',
  'items',
  'description',
  'examples',
  'businessName',
  'criticalDataElement',
  'transformLogic',
  'transformDescription',
  'authoritativeDefinitions',
  'quality',
]);

/** Texts for people, which promise nothing by themselves. */
const TEXTS = [
  'description',
  'examples',
  'businessName',
  'transformLogic',
  'transformDescription',
  'authoritativeDefinitions',
];

export function compareTexts(base: Raw, head: Raw, path: string, report: Report): void {
  const changed = TEXTS.filter((key) => !same(base[key], head[key]));
  const others = [tagsBut(base), tagsBut(head)];
  if (!same(...(others as [unknown, unknown]))) changed.push('tags');
  if (!same(base.criticalDataElement ?? false, head.criticalDataElement ?? false))
    changed.push('criticalDataElement');
  if (changed.length > 0) report('CONSUMER_TEXT_CHANGED', path, `${changed.join(', ')} changed`);
}

/** Tags that say nothing of personal data, in any order. */
function tagsBut({ tags }: Raw): readonly string[] {
  return textsOf(tags)
    .filter((tag) => !tag.startsWith('phi:'))
    .toSorted();
}

/** What no rule knows is never passed over in silence. */
export function compareRest(
  base: Raw,
  head: Raw,
  known: ReadonlySet<string>,
  path: string,
  report: Report,
): void {
  for (const key of new Set([...Object.keys(base), ...Object.keys(head)]))
    if (!known.has(key) && !same(base[key], head[key]))
      report('CONSUMER_OTHER_CHANGED', path, `${key}: ${told(base[key])} became ${told(head[key])}`);
}

function compareType(base: Raw, head: Raw, path: string, report: Report): void {
  const message = `${told(base.physicalType ?? base.logicalType)} became ${told(head.physicalType ?? head.logicalType)}`;
  if (!same(base.logicalType, head.logicalType)) {
    report('CONSUMER_COLUMN_RETYPED', path, message);
    return;
  }
  const [before, after] = [base.physicalType, head.physicalType].map((type) => normal(type)) as [
    string,
    string,
  ];
  if (before === after) return;
  report(isWider(before, after) ? 'CONSUMER_COLUMN_WIDENED' : 'CONSUMER_COLUMN_RETYPED', path, message);
}

function normal(type: unknown): string {
  return textOf(type).toUpperCase().replaceAll(' ', '');
}

/** NUMBER with more digits before the point and as many after it, or a longer text: Snowflake widens these in place. */
function isWider(before: string, after: string): boolean {
  const [, kind = '', ...sizes] = /^(\w+)\((\d+)(?:,(\d+))?\)$/.exec(before) ?? [];
  const [, other = '', ...wider] = /^(\w+)\((\d+)(?:,(\d+))?\)$/.exec(after) ?? [];
  const [length = 0, scale = 0] = sizes.map((size) => Number(size || 0));
  const [longer = 0, sameScale = 0] = wider.map((size) => Number(size || 0));
  if (kind === 'VARCHAR' && after === 'VARCHAR') return true;
  return kind !== '' && kind === other && scale === sameScale && longer > length;
}

function compareRequired(base: Raw, head: Raw, path: string, side: Side, report: Report): void {
  const always = (column: Raw): boolean =>
    column.required === true && custom(column, 'das.nullable') !== true;
  if (always(base) === always(head)) return;
  if (always(base)) report('CONSUMER_COLUMN_OPTIONAL', path, 'may be null or missing');
  else
    report(
      side === 'stream' ? 'CONSUMER_PROPERTY_REQUIRED' : 'CONSUMER_COLUMN_REQUIRED',
      path,
      'is required',
    );
}

/** Which way a bound moves: +1 lets more values in when it grows. */
const BOUNDS: Readonly<Record<string, 1 | -1>> = {
  maximum: 1,
  exclusiveMaximum: 1,
  maxLength: 1,
  maxItems: 1,
  minimum: -1,
  exclusiveMinimum: -1,
  minLength: -1,
  minItems: -1,
};

function compareOptions(base: Raw, head: Raw, path: string, side: Side, report: Report): void {
  for (const key of new Set([...Object.keys(base), ...Object.keys(head)])) {
    const [before, after] = [base[key], head[key]];
    if (same(before, after)) continue;
    const direction = BOUNDS[key];
    const message = `${key}: ${told(before)} became ${told(after)}`;
    if (direction === undefined) {
      report('CONSUMER_MEANING_CHANGED', path, message);
      continue;
    }
    const wider =
      after === undefined || (before !== undefined && direction * (Number(after) - Number(before)) > 0);
    if (wider) report('CONSUMER_VALUES_WIDENED', path, message);
    else report(side === 'stream' ? 'CONSUMER_VALUES_NARROWED' : 'CONSUMER_VALUES_PROMISED', path, message);
  }
}

function sorted(values: unknown): unknown {
  return Array.isArray(values) ? values.map(String).toSorted() : values;
}

function upper(name: unknown): string {
  return String(name).toUpperCase();
}
