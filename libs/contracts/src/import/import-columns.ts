import { classRank, isSensitive } from '../check-governance';
import type { Path } from '../finding';
import type { ColumnMask } from '../product-contract';
import { CLASSIFICATIONS, type Classification } from '../stream-contract';
import { columnType, TYPES } from './column-type';
import type { Decisions } from './decisions';
import type { ShortColumn, ShortForm, ShortPart } from './short-form';

/** What a column's meaning depends on beside itself. */
export interface ColumnsOf {
  readonly isStream: boolean;
  readonly decisions: Decisions;
  readonly masking: NonNullable<NonNullable<ShortForm['security_controls']>['masking']>;
  /** How the domain masks a kind already: it has one policy for each. */
  readonly domainMask: (kind: string) => ColumnMask | undefined;
}

/** As ODCS has it, with `classification` for whoever looks for the highest. */
export interface Property {
  readonly [key: string]: unknown;
  readonly classification: Classification;
}

export function importColumns(columns: readonly ShortColumn[], at: Path, of: ColumnsOf): readonly Property[] {
  const keys = columns.filter(({ key }) => key === true);
  return columns.map((column, index) => {
    const path = [...at, index];
    const position = keys.indexOf(column) + 1;
    return {
      name: column.name,
      ...(of.isStream ? {} : { physicalName: column.name.toUpperCase() }),
      ...importPart(column, path, of),
      ...(of.isStream ? {} : { transformSourceObjects: sourcesOf(column, path, of) }),
      ...(column.references === undefined ? {} : { relationships: [{ to: column.references }] }),
      required: column.required ?? column.key ?? false,
      ...(position === 0
        ? {}
        : { unique: keys.length === 1, primaryKey: true, primaryKeyPosition: position }),
    };
  });
}

function importPart(part: ShortPart, path: Path, of: ColumnsOf): Property {
  const { decisions } = of;
  const type = typeOf(part, path, decisions);
  const inside = insideOf(part, path, of);
  const isContainer = inside.parts.length > 0;
  const classification = isContainer ? highest(inside.parts) : classOf(part, path, decisions);
  const options = {
    minimum: part.min,
    maximum: part.max,
    pattern: part.pattern,
    format: part.format,
    maxLength: type.maxLength,
  };
  const custom = isContainer ? [] : protectionOf(part, classification, path, of);
  const enumerated = part.values === undefined ? [] : [{ property: 'das.enum', value: part.values }];
  const customProperties = [...enumerated, ...custom];
  return {
    description: decisions.need(part.description, '?', path, 'is not described: say what it holds'),
    logicalType: type.logicalType,
    ...(Object.values(options).some((option) => option !== undefined) ? { logicalTypeOptions: options } : {}),
    ...(type.physicalType === undefined ? {} : { physicalType: type.physicalType }),
    ...inside.shape,
    classification,
    ...(part.phi === undefined ? {} : { tags: [`phi:${part.phi}`] }),
    ...(part.example === undefined ? {} : { examples: [part.example] }),
    ...(customProperties.length === 0 ? {} : { customProperties }),
  };
}

function typeOf(part: ShortPart, path: Path, decisions: Decisions) {
  const implied = part.columns !== undefined ? 'object' : part.items !== undefined ? 'array' : undefined;
  const said = part.type ?? implied;
  const type = said === undefined ? undefined : columnType(said);
  const message =
    said === undefined ? `has no type: ${TYPES}` : `has the type ${said}, which says too little: ${TYPES}`;
  return decisions.need(type, { logicalType: 'string' }, [...path, 'type'], message);
}

function insideOf(part: ShortPart, path: Path, of: ColumnsOf) {
  if (part.columns !== undefined) {
    const properties = importColumns(part.columns, [...path, 'columns'], of);
    return { parts: properties, shape: { properties } };
  }
  if (part.items === undefined) return { parts: [], shape: {} };
  const items = { name: 'item', ...importPart(part.items, [...path, 'items'], of) };
  return { parts: [items], shape: { items } };
}

export function highest(parts: readonly { readonly classification: Classification }[]): Classification {
  return parts.map((part) => part.classification).toSorted((a, b) => rank(b) - rank(a))[0] ?? 'public';
}

function rank(classification: Classification): number {
  return classRank({ classification });
}

/** Nobody guesses: what is taken for public and is not cannot be taken back. */
function classOf(part: ShortPart, path: Path, decisions: Decisions): Classification {
  const said = part.classification?.toLowerCase();
  const found = CLASSIFICATIONS.find((known) => known === said);
  const known = CLASSIFICATIONS.join(', ');
  return decisions.need(
    found,
    'phi',
    [...path, 'classification'],
    part.classification === undefined
      ? `is not classified, and nobody may see what is not: ${known}`
      : `is ${part.classification}, which is none of ${known}`,
  );
}

function protectionOf(part: ShortPart, classification: Classification, path: Path, of: ColumnsOf) {
  const { decisions, isStream } = of;
  const custom: { readonly property: string; readonly value: unknown }[] = [];
  const add = (property: string, value: unknown): void => void custom.push({ property, value });
  // What is not classified stands in as the most sensitive, and is asked for its class alone.
  const isPersonal = isSensitive({ classification }) && part.classification?.toLowerCase() === classification;
  if (isPersonal && part.phi === undefined)
    decisions.leave(path, `is ${classification}, and its kind is not said: phi: email, name, identifier, …`);
  const protect = part.protect;
  if (isPersonal && isStream && protect === undefined)
    decisions.leave(
      path,
      `is ${classification}, and what of it lands is not said: protect: tokenize, redact, …`,
    );
  if (protect !== undefined) add('das.protect', protect);
  if (part.link !== undefined) add('das.link', part.link);
  const isMasked = isPersonal && (isStream ? protect === 'clear' : true);
  if (part.mask !== undefined || (isMasked && part.phi !== undefined)) {
    const mask = maskFor(part, path, of);
    add('das.mask', mask.form);
    add('das.clearFor', mask.clearFor);
  } else if (part.clear_for !== undefined) add('das.clearFor', part.clear_for);
  return custom;
}

/** What the column says, or the file of its kind, or the domain; or else nothing is seen, by anybody. */
function maskFor(part: ShortPart, path: Path, { masking, domainMask, decisions }: ColumnsOf) {
  const kind = part.phi ?? '';
  const said = part.phi && masking[part.phi];
  const form = part.mask ?? said?.form;
  const clearFor = part.clear_for ?? (part.mask === undefined ? said?.clear_for : undefined);
  if (form !== undefined && clearFor !== undefined) return { form, clearFor };
  if (form !== undefined)
    return {
      form,
      clearFor: decisions.or(clearFor, [], path, 'is seen clear by nobody: no role is named in clear_for'),
    };
  const known = domainMask(kind);
  if (known !== undefined)
    return decisions.or(
      undefined,
      { form: known.form, clearFor: clearFor ?? known.clearFor },
      path,
      `is masked as ${known.form}, as phi:${kind} is in the whole domain, and clear for ${told(clearFor ?? known.clearFor)}`,
    );
  return decisions.or(
    undefined,
    { form: 'nothing' as const, clearFor: clearFor ?? [] },
    path,
    `is masked as nothing: no form is said for phi:${kind}`,
  );
}

function told(roles: readonly string[]): string {
  return roles.length === 0 ? 'nobody' : roles.join(', ');
}

function sourcesOf(column: ShortColumn, path: Path, { decisions }: ColumnsOf): readonly string[] {
  const { source } = column;
  const sources = typeof source === 'string' ? [source] : source;
  return decisions.need(
    sources,
    ['?'],
    [...path, 'source'],
    'has no source: the columns that it is made from, such as orders_events_v1.order_id',
  );
}
