import type { StreamContract } from '@das/contracts';
import { valueAt, type Dead, type DeadError, type Draft, type Step } from '@das/pipeline';
import type { ErrorObject } from 'ajv';
import { compile, type CompiledSchema } from './compile';
import { dropUnknown } from './drop-unknown';

/** What a dead letter lists at most; the first few say what is wrong. */
const MAX_ERRORS = 10;

function refuse(reason: Dead['reason'], errors: readonly DeadError[]): Dead {
  return { outcome: 'dead', reason, stage: 'validate', errors };
}

/**
 * Judges an event by the contract version that it names.
 * @param contracts - every version that is still accepted, the newest first; at least one
 */
export function validate(contracts: readonly [StreamContract, ...StreamContract[]]): Step {
  const compiled = new Map(
    contracts.map((contract) => [contract.version, { contract, schema: compile(contract) }]),
  );
  const versionPath = contracts[0].paths.schemaVersion;

  return function validate(draft) {
    const version = valueAt(draft.event, versionPath);
    const known = typeof version === 'string' ? compiled.get(version) : undefined;
    if (known === undefined) {
      return refuse('unknown_version', [{ path: `/${versionPath.join('/')}`, rule: 'version' }]);
    }
    draft.contract = known.contract;
    const { schema } = known;
    if (!schema.declared(draft.event)) {
      return refuse('schema_violation', describe(schema.declared.errors, schema));
    }
    if (known.contract.unknownFields === 'evolve' || schema.closed(draft.event)) return undefined;
    if (known.contract.unknownFields === 'freeze') {
      return refuse('unknown_field', describe(schema.closed.errors, schema));
    }
    discard(draft);
    return undefined;
  };
}

function discard(draft: Draft): void {
  const kept = dropUnknown(draft.payload, draft.contract.schema);
  draft.payload = kept.payload;
  draft.event = kept.event;
}

/** Path and rule of each error; names that no contract declares are written `*`, for they may hold anything. */
function describe(
  errors: readonly ErrorObject[] | null | undefined,
  schema: CompiledSchema,
): readonly DeadError[] {
  return (errors ?? []).slice(0, MAX_ERRORS).map((error) => ({
    path: [...error.instancePath.split('/').slice(1), ...missing(error)]
      .map((name) => `/${schema.names.has(name) || /^\d{1,6}$/.test(name) ? name : '*'}`)
      .join(''),
    rule: error.keyword,
  }));
}

function missing(error: ErrorObject): readonly string[] {
  if (error.keyword === 'additionalProperties') return ['*'];
  const { missingProperty } = error.params as { missingProperty?: unknown };
  return typeof missingProperty === 'string' ? [missingProperty] : [];
}
