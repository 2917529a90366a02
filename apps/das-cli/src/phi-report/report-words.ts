import type { Form } from './forms';
import type { Hit, PropertyReport, StreamReport } from './stream-report';

/** What a report is as a whole. `das phi report --json` prints it. */
export interface PhiReport {
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  /** Whole days that hits are counted for, today included. */
  readonly days: number;
  /** False: no warehouse is configured, and `hits` is null everywhere. */
  readonly hitsRead: boolean;
  readonly streams: readonly StreamReport[];
}

const SCAN = {
  quarantine: 'refused: the record is a dead letter',
  tag: 'lands, and PHI_TAGS names the place and the kind',
  allow: 'lands; nothing looks for it',
} as const;

const UNKNOWN = {
  evolve: 'land as they were sent',
  freeze: 'refused: the record is a dead letter',
  discard: 'left out',
} as const;

export const TITLE = 'What of personal data lands, and who sees it';

export const NOTES: readonly string[] = [
  'Dead letters: key, headers and value are encrypted; das dlq show --reveal opens one, for a reason, and that is audited.',
  'Who sees what is what the contract asks of every reader’s policies; the role that refreshes the next tier, which no person holds, sees what landed.',
  'Hits are what looks like PHI where the contract declares none; a path names declared properties, and * one that is not.',
];

export const NOT_READ =
  'Hits were not read: no warehouse is configured (DAS_LAKE, or SNOWFLAKE_ACCOUNT_URL and what belongs to it).';

export const PROPERTY_HEADINGS = [
  'property',
  'class',
  'kind',
  'lands',
  'seen as it landed by',
  'others see',
  'links',
];
export const HIT_HEADINGS = ['day', 'records', 'kind', 'where', 'what became of it'];

/** What is said of a stream beside its tables: name and text. */
export function factsOf(report: StreamReport): readonly (readonly [string, string])[] {
  const { table, classification, undeclaredPhi, unknownFields, headers } = report;
  return [
    ['table', table],
    ['most sensitive class', classification],
    ['undeclared PHI', `${undeclaredPhi}: ${SCAN[undeclaredPhi]}`],
    ['unknown fields', `${unknownFields}: ${UNKNOWN[unknownFields]}`],
    ['headers that land', headers.length === 0 ? 'none' : headers.join(', ')],
  ];
}

export function propertyCells(property: PropertyReport): readonly string[] {
  const { path, classification, kind, protect, clearFor, masked, link } = property;
  const lands = kind === null ? property.lands.text : `${protect}: ${formText(property.lands)}`;
  return [
    path,
    classification,
    kind ?? '',
    lands,
    rolesText(clearFor),
    masked === null ? '' : formText(masked),
    link ?? '',
  ];
}

export function hitCells({ day, records, kind, path, outcome }: Hit): readonly string[] {
  return [day, String(records), kind, path, outcome === 'landed' ? 'landed, tagged' : 'refused'];
}

function rolesText(roles: PropertyReport['clearFor']): string {
  if (roles === 'everybody') return 'all who see the row';
  return roles.length === 0 ? 'nobody' : roles.join(', ');
}

function formText({ text, example }: Form): string {
  return example === null ? text : `${text} (${example})`;
}
