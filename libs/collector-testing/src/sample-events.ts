import type { JsonSchema, ProtectedProperty, StreamContract } from '@das/contracts';
import { Random } from './random';
import { samplePhi } from './sample-phi';

/** Letters that look like nothing personal: no digits, since long runs of those do. */
const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heath'];
/** Different entities that keys are drawn from, so that events meet. */
const ENTITIES = 50;
const MAX_ITEMS = 3;

export type SampleEvent = Record<string, unknown>;

export interface SampleOptions {
  /** The same seed, clock and fields give the same events. */
  readonly seed: number;
  /** Epoch milliseconds; default: the first moment of 2026. */
  readonly now?: () => number;
  /** Properties that the contract cannot describe to the end, such as those with a pattern, by their dotted path. */
  readonly fields?: Readonly<Record<string, (random: Random) => unknown>>;
}

/**
 * Synthetic events that keep a stream's contract, made from it alone: no real person anywhere.
 * @throws Error where the contract says a pattern that only the caller can follow: give it in `fields`
 */
export function sampleEvents(contract: StreamContract, options: SampleOptions): () => SampleEvent {
  const random = new Random(options.seed);
  const now = options.now ?? (() => Date.UTC(2026, 0, 1));
  const { paths } = contract;
  const entities = Array.from({ length: ENTITIES }, () => word(random, 8));
  const given: Record<string, (random: Random) => unknown> = {
    [paths.eventId.join('.')]: () => random.uuid(),
    [paths.eventTs.join('.')]: () => new Date(now()).toISOString(),
    [paths.schemaVersion.join('.')]: () => contract.version,
    [paths.subjectKey.join('.')]: () => random.pick(entities),
    ...options.fields,
  };
  const phi = new Map(contract.phi.map((property) => [dotted(property), property]));
  const value = (schema: JsonSchema, path: readonly string[]): unknown => {
    const key = path.join('.');
    const own = given[key];
    if (own !== undefined) return own(random);
    const kind = phi.get(key)?.kind;
    if (kind !== undefined && typeOf(schema) === 'string') return samplePhi(kind, random);
    return sampleValue(schema, path, { random, now, value });
  };
  return () => value(contract.schema, []) as SampleEvent;
}

interface Sampling {
  readonly random: Random;
  readonly now: () => number;
  readonly value: (schema: JsonSchema, path: readonly string[]) => unknown;
}

function sampleValue(schema: JsonSchema, path: readonly string[], sampling: Sampling): unknown {
  const { random, value } = sampling;
  if (Array.isArray(schema.enum)) return random.pick(schema.enum as readonly unknown[]);
  switch (typeOf(schema)) {
    case 'object': {
      const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
      return Object.fromEntries(
        Object.entries(properties).map(([name, child]) => [name, value(child, [...path, name])]),
      );
    }
    case 'array': {
      const least = numberOf(schema.minItems) ?? 1;
      const length = least + random.below(Math.max(1, (numberOf(schema.maxItems) ?? MAX_ITEMS) - least));
      return Array.from({ length }, () => value((schema.items ?? {}) as JsonSchema, [...path, '[]']));
    }
    case 'integer':
    case 'number':
      return sampleNumber(schema, random);
    case 'boolean':
      return random.chance(0.5);
    case 'string':
      return sampleText(schema, path, sampling);
    default:
      return null;
  }
}

function sampleNumber(schema: JsonSchema, random: Random): number {
  const least = numberOf(schema.minimum) ?? 0;
  const most = Math.min(numberOf(schema.maximum) ?? least + 1_000, least + 1_000);
  return least + random.below(Math.max(1, Math.floor(most - least)));
}

function sampleText(schema: JsonSchema, path: readonly string[], { random, now }: Sampling): string {
  if (schema.format === 'uuid') return random.uuid();
  if (schema.format === 'date-time') return new Date(now()).toISOString();
  if (schema.format === 'date') return new Date(now()).toISOString().slice(0, 10);
  if (schema.format !== undefined || schema.pattern !== undefined)
    throw new Error(`${path.join('.')} has a pattern or a format: give it in \`fields\``);
  const text = word(random, numberOf(schema.minLength) ?? 1);
  return text.slice(0, numberOf(schema.maxLength) ?? text.length);
}

function word(random: Random, atLeast: number): string {
  let text = random.pick(WORDS);
  while (text.length < atLeast) text += `-${random.pick(WORDS)}`;
  return text;
}

/** Of what may be null, the other type. */
function typeOf({ type }: JsonSchema): unknown {
  return Array.isArray(type) ? (type as readonly unknown[]).find((one) => one !== 'null') : type;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function dotted({ path }: ProtectedProperty): string {
  return path.join('.');
}
