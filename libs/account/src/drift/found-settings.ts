import type { Setting } from '../account-objects';
import { listOf, literal } from '../sql/sql-text';
import { ASK_OBJECTS } from './object-questions';
import type { Snapshot, SnapshotRow } from './snapshot';

/** What an object is set to, in the words of its declaration; of properties alone that are declared. */
export function foundProperties(setting: Setting, answers: Snapshot['answers']): Setting['properties'] {
  const { kind, name, properties } = setting;
  const told = tellerOf(setting, answers);
  return Object.fromEntries(
    Object.entries(properties).map(([property, declared]) => [
      property,
      kind === 'RESOURCE MONITOR'
        ? monitored(property, rowOf(name, answers[ASK_OBJECTS.settings(kind, name)] ?? []))
        : inFormOf(declared, told(property)),
    ]),
  );
}

/** DESCRIBE has a row for each property, or a column: of users and integrations `property_value`, of others `value`. */
function tellerOf(
  { kind, name }: Setting,
  answers: Snapshot['answers'],
): (property: string) => SnapshotRow[string] {
  const rows = answers[ASK_OBJECTS.described(kind, name)] ?? [];
  const [first = {}] = rows;
  if ('property' in first || 'value' in first)
    return (property) => {
      const row = rows.find((one) => (one.property ?? one.name) === property);
      return row?.property_value ?? row?.value ?? null;
    };
  return (property) => first[property.toLowerCase()] ?? null;
}

/** SQL of a value that was told: a list, a text, or a word, as the declared one is. */
function inFormOf(declared: string, told: SnapshotRow[string]): string {
  if (declared.startsWith('(')) return listOf(itemsOf(String(told ?? '')));
  if (told === null) return 'nothing';
  if (declared.startsWith("'")) return literal(String(told));
  return String(told).toUpperCase();
}

/** `["A","B"]`, `[A, B]`, `A,B`; of network rules `[{"fullyQualifiedRuleName":"DB.OPS.R"}]`. */
function itemsOf(told: string): readonly string[] {
  const rules = [...told.matchAll(/"fullyQualifiedRuleName"\s*:\s*"([^"]*)"/g)].map(([, rule = '']) => rule);
  if (rules.length > 0) return rules;
  return told
    .replaceAll(/[[\](){}"']/g, '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

const TRIGGERS = {
  notify_at: 'NOTIFY',
  suspend_at: 'SUSPEND',
  suspend_immediately_at: 'SUSPEND_IMMEDIATE',
} as const;

/** SHOW RESOURCE MONITORS tells `60.00`, `MONTHLY`, and `75%,80%`. */
function monitored(property: string, row: SnapshotRow): string {
  if (property === 'CREDIT_QUOTA')
    return row.credit_quota === null || row.credit_quota === undefined
      ? 'nothing'
      : String(Number(row.credit_quota));
  if (property === 'FREQUENCY') return `${String(row.frequency).toUpperCase()} START_TIMESTAMP = IMMEDIATELY`;
  return Object.entries(TRIGGERS)
    .flatMap(([column, act]) =>
      [...String(row[column] ?? '').matchAll(/(\d+)%/g)].map(([, at]) => `ON ${at} PERCENT DO ${act}`),
    )
    .join(' ');
}

function rowOf(name: string, rows: readonly SnapshotRow[]): SnapshotRow {
  const last = name.split('.').at(-1);
  return rows.find((row) => row.name === last) ?? {};
}
