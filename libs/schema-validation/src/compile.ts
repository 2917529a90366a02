import type { JsonSchema, StreamContract } from '@das/contracts';
import type { ValidateFunction } from 'ajv';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { addStringLengths } from './string-lengths';
import { addTimeStamps } from './time-stamps';

/** A contract version's validators, compiled once. */
export interface CompiledSchema {
  /** Every declared property is as the contract says; others are not looked at. */
  readonly declared: ValidateFunction;
  /** No property but the declared ones. */
  readonly closed: ValidateFunction;
  /** Every property name that the contract declares, at any depth. */
  readonly names: ReadonlySet<string>;
}

/** @throws Error when the contract's schema is not a valid JSON Schema: a fault of the build, not of data */
export function compile(contract: StreamContract): CompiledSchema {
  // The first error suffices to refuse an event, and finding all of a hostile one is work for nothing.
  const ajv = new Ajv({ strict: true, allErrors: false, strictTypes: false });
  addFormats(ajv);
  addTimeStamps(ajv);
  addStringLengths(ajv);
  const names = new Set<string>();
  collectNames(contract.schema, names);
  return {
    declared: ajv.compile(withoutIds(contract.schema)),
    closed: ajv.compile(closeObjects(withoutIds(contract.schema))),
    names,
  };
}

/** Two validators come from one schema, and ajv registers a schema by its `$id`. */
function withoutIds(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== '$id'));
}

function closeObjects(schema: JsonSchema): JsonSchema {
  const closed: Record<string, unknown> = { ...schema };
  const { properties, items } = schema;
  if (isSchema(properties)) {
    closed.additionalProperties = false;
    closed.properties = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        isSchema(value) ? closeObjects(value) : value,
      ]),
    );
  }
  if (isSchema(items)) closed.items = closeObjects(items);
  return closed;
}

function collectNames(schema: JsonSchema, names: Set<string>): void {
  const { properties, items } = schema;
  if (isSchema(properties)) {
    for (const [name, value] of Object.entries(properties)) {
      names.add(name);
      if (isSchema(value)) collectNames(value, names);
    }
  }
  if (isSchema(items)) collectNames(items, names);
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
