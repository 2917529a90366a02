import { isSensitive } from './check-governance';
import { customValue } from './das-properties';
import { maskOf, type ModelColumn } from './model-column';
import { NUMBER_TYPES } from './number-range';
import type { OdcsDocument, OdcsProperty } from './odcs';
import type { ColumnMask } from './product-contract';
import { allProperties, highestClass } from './property-path';
import { phiKind, protectionOf } from './protected-properties';
import type { PropertyPath } from './stream-contract';

/** SILVER outlives BRONZE's 30 days by a year; GOLD must freeze its rows before SILVER forgets them. */
export const SILVER_RETENTION_DAYS = 400;

/** A stream's SILVER table, such as `orders_events` of `orders_events_v1`: its rows outlive a version. */
export function silverTable({ name }: Pick<OdcsDocument, 'name'>): string {
  return name.replace(/_v\d+$/, '');
}

/** The column of a property: its path, joined. */
export function silverColumnName(path: PropertyPath): string {
  return path.join('_');
}

const SNOWFLAKE_TYPES: Readonly<Record<OdcsProperty['logicalType'], string>> = {
  string: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP_TZ',
  ...NUMBER_TYPES,
  boolean: 'BOOLEAN',
  object: 'VARIANT',
  array: 'VARIANT',
};

/** What no reader is meant to have, and no mask could leave anything of. */
const hidden = (kind: ColumnMask['kind']): ColumnMask => ({ kind, form: 'nothing', clearFor: [] });

const internal = (
  name: string,
  type: string,
  description: string,
  more: Partial<ModelColumn> = {},
): ModelColumn => ({ name, type, nullable: false, description, classification: 'internal', ...more });

/** The columns of a stream's SILVER table: the envelope, the event's leaves, its link tokens, and how it came. */
export function silverColumns(document: OdcsDocument): readonly ModelColumn[] {
  const envelope = customValue(document, 'das.collector')?.envelope;
  const properties = document.schema[0]?.properties ?? [];
  const leaves = payloadLeaves(properties, { path: [], nullable: false });
  const isEnvelope = ({ path }: Leaf): boolean =>
    [envelope?.eventId, envelope?.eventType, envelope?.eventTs].includes(path.join('.'));
  const allowedTypes = leaves.find(({ path }) => path.join('.') === envelope?.eventType)?.property;
  return [
    internal('event_id', 'VARCHAR', 'Identifies the event.'),
    internal('event_type', 'VARCHAR', 'What happened.', {
      allowed: allowedTypes && customValue(allowedTypes, 'das.enum'),
    }),
    internal('event_ts', 'TIMESTAMP_TZ', "When it happened, by the producer's clock; in UTC."),
    internal(
      'happened_at',
      'TIMESTAMP_TZ',
      'event_ts, or when it arrived (by the source or, if that is earlier, by the collector), where the clock was ahead of that. All of GOLD goes by it.',
    ),
    ...leaves.filter((leaf) => !isEnvelope(leaf)).map(payloadColumn),
    ...leaves.flatMap(linkColumn),
    internal('is_late', 'BOOLEAN', "Whether it came after the stream's watermark."),
    internal(
      'is_clock_ahead',
      'BOOLEAN',
      'Whether event_ts is more than 60 seconds after it arrived: SOURCE_TS, but INGESTED_AT where that is null or later.',
    ),
    internal('duplicates', 'NUMBER(38,0)', 'How many other rows of BRONZE have its key.', { minimum: 0 }),
    internal('ingested_at', 'TIMESTAMP_TZ', 'When the collector made the row of BRONZE.'),
    internal('contract_version', 'VARCHAR', 'The contract version that judged it.'),
    internal('record_id', 'VARCHAR', 'Names its row of BRONZE: source/epoch/partition/offset.'),
    internal('landed_order', 'VARCHAR', 'Text that sorts as rows landed: of one key, the greatest counts.'),
  ];
}

interface Leaf {
  readonly path: PropertyPath;
  readonly property: OdcsProperty;
  /** Itself optional, or within what is. */
  readonly nullable: boolean;
}

/** Arrays are leaves here: they are kept whole. */
function payloadLeaves(
  properties: readonly OdcsProperty[],
  parent: Pick<Leaf, 'path' | 'nullable'>,
): readonly Leaf[] {
  return properties.flatMap((property) => {
    const path = [...parent.path, property.name];
    const nullable =
      parent.nullable || property.required !== true || customValue(property, 'das.nullable') === true;
    return property.properties === undefined
      ? [{ path, property, nullable }]
      : payloadLeaves(property.properties, { path, nullable });
  });
}

function payloadColumn({ path, property, nullable }: Leaf): ModelColumn {
  const { description, physicalType, logicalType, items } = property;
  const protect = protectionOf(property);
  const contract =
    physicalType === undefined || items !== undefined ? SNOWFLAKE_TYPES[logicalType] : physicalType;
  return {
    name: silverColumnName(path),
    // A token, a cipher text and a coarser form are texts, whatever they were made of.
    type: protect === 'clear' ? contract : 'VARCHAR',
    // Of these nothing may be left to land.
    nullable: nullable || protect === 'redact' || protect === 'generalize',
    description,
    classification: highestClass([property]),
    kind: phiKind(property),
    mask: payloadMask(property),
    isToken: protect === 'tokenize',
    allowed: customValue(property, 'das.enum'),
    path,
  };
}

function payloadMask(property: OdcsProperty): ColumnMask | undefined {
  const mask = maskOf(property);
  // A token is its own mask.
  if (mask !== undefined) return mask.form === 'token' ? undefined : mask;
  // An array is masked as a whole, or its parts would not be masked at all.
  const parts = property.items === undefined ? [] : allProperties([property.items]);
  const open = parts.find((part) => isSensitive(part) && maskOf(part) !== undefined);
  return open === undefined ? undefined : hidden('free_text');
}

function linkColumn({ property }: Leaf): readonly ModelColumn[] {
  const link = customValue(property, 'das.link');
  if (link === undefined) return [];
  const column: ModelColumn = {
    name: `${link}_link_token`,
    type: 'VARCHAR',
    nullable: true,
    description: `Links the ${link} across domains, made with the link key; null where the event has none.`,
    classification: property.classification,
    kind: 'identifier',
    mask: hidden('identifier'),
    isToken: true,
    link,
  };
  return [column];
}
