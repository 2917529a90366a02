import type { JsonSchema, PropertyPath, ProtectedProperty, StreamContract } from '@das/contracts';
import { contextOfName, contextWithin } from './context';
import type { Context } from './context-words';

/** What the scan does with a value at a declared place. */
export type Treatment =
  /** Its schema leaves no room for what is looked for. */
  | 'skip'
  /** Declared as PHI that lands clear, or an id by its schema: nothing but the echo of a protected value. */
  | 'echo'
  /** Declared as PHI that does not land clear: its echo is looked for elsewhere. */
  | 'protected'
  | 'read';

/** One declared place, compiled once for each contract. */
export interface PlanNode {
  /** From the event's root, `[]` for each item of an array. */
  readonly path: PropertyPath;
  readonly treatment: Treatment;
  /** What the property's name says of its values. */
  readonly ofName: Context | undefined;
  /** How the contract declares what is protected here. */
  readonly declared: ProtectedProperty | undefined;
  /** Undefined: whatever is below is not declared. */
  readonly properties: ReadonlyMap<string, PlanNode> | undefined;
  /** The last of the path. */
  readonly name: string | undefined;
  /** The properties in the order of the last event; written by whoever reads. */
  readonly usual: PlanNode[];
  readonly items: PlanNode | undefined;
}

export interface ScanPlan {
  readonly root: PlanNode;
}

/** Nothing that is looked for is shorter. */
const SHORTEST = 4;
/** Formats that the validator holds to, and that no value of interest has. */
const OTHER_FORMATS = new Set(['date-time', 'date', 'time', 'duration', 'ipv4', 'ipv6']);
const DATE_FORMATS = new Set(['date-time', 'date']);
/** `^[A-Z]{3}$`: letters, so neither digits nor an `@`. */
const ONLY_LETTERS = /^\^\[[A-Za-z-]+\](?:\{\d+(?:,\d+)?\}|[+*])?\$$/;
/** Below it no whole number is a card, and everything else needs a name that says so. */
const LARGE = 1_000_000_000_000;

export function planOf(contract: StreamContract): ScanPlan {
  const declared = new Map(contract.phi.map((property) => [property.path.join('.'), property]));
  const version = contract.paths.schemaVersion.join('.');

  function node(schema: JsonSchema, path: PropertyPath, above: Context | undefined): PlanNode {
    const name = path.at(-1);
    const ofName =
      (name === undefined || name === '[]' ? undefined : contextOfName(name)) ?? contextWithin(above);
    const key = path.join('.');
    const property = declared.get(key);
    const properties = schemasIn(schema.properties);
    const items = isSchema(schema.items) ? schema.items : undefined;
    return {
      path,
      name,
      usual: [],
      declared: property,
      ofName,
      // The validator has compared the version with the contract's own.
      treatment: treatmentOf(property, key === version ? 'skip' : readingOf(schema, ofName)),
      properties:
        properties &&
        new Map(properties.map(([name, child]) => [name, node(child, [...path, name], ofName)])),
      items: items && node(items, [...path, '[]'], ofName),
    };
  }

  return { root: node(contract.schema, [], undefined) };
}

function treatmentOf(property: ProtectedProperty | undefined, undeclared: Treatment): Treatment {
  if (property === undefined) return undeclared;
  return property.protect === 'clear' ? 'echo' : 'protected';
}

/** How much of a value that passed the validator needs reading. */
function readingOf(schema: JsonSchema, ofName: Context | undefined): Treatment {
  if (schema.format === 'uuid' && holdsOnlyText(typesOf(schema))) return 'echo';
  return excludes(schema, ofName) ? 'skip' : 'read';
}

function excludes(schema: JsonSchema, ofName: Context | undefined): boolean {
  const { enum: allowed, format, pattern, maxLength, maximum } = schema;
  if (allowed !== undefined || schema.const !== undefined) return true;
  const types = typesOf(schema);
  if (types.length === 0 || types.includes('object') || types.includes('array')) return false;
  if (types.every((type) => type === 'boolean' || type === 'null')) return true;
  if (types.every((type) => type === 'number' || type === 'integer' || type === 'null'))
    return typeof maximum === 'number' && maximum < LARGE && ofName === undefined;
  // What follows constrains nothing but strings: a number would pass the validator whatever it says.
  if (!holdsOnlyText(types)) return false;
  if (typeof format === 'string' && OTHER_FORMATS.has(format))
    return !(DATE_FORMATS.has(format) && ofName === 'date_of_birth');
  if (typeof pattern === 'string' && ONLY_LETTERS.test(pattern)) return true;
  return typeof maxLength === 'number' && maxLength < SHORTEST;
}

function holdsOnlyText(types: readonly unknown[]): boolean {
  return types.length > 0 && types.every((type) => type === 'string' || type === 'null');
}

function typesOf({ type }: JsonSchema): readonly unknown[] {
  if (type === undefined) return [];
  return Array.isArray(type) ? (type as readonly unknown[]) : [type];
}

function schemasIn(properties: unknown): readonly (readonly [string, JsonSchema])[] | undefined {
  if (!isSchema(properties)) return undefined;
  return Object.entries(properties).flatMap(([name, schema]) =>
    isSchema(schema) ? [[name, schema] as const] : [],
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
