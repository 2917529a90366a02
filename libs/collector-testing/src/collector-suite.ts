import type { JsonSchema, StreamContract } from '@das/contracts';
import type { Dead, Dropped, KeyProvider, Step } from '@das/pipeline';
import { judge } from './judge';
import { sampleEvents } from './sample-events';
import { testKeys } from './test-keys';

const EVENTS = 500;

/** As much of a collector's declaration as is looked at; `@das/collector` has the whole. */
interface Declared {
  readonly name: string;
  readonly contracts: readonly [StreamContract, ...StreamContract[]];
}

export interface CollectorSuite<Declaration extends Declared> {
  /** Of `@das/collector`, which this lib does without. */
  readonly stepsOf: (declaration: Declaration, parts: { readonly keys: KeyProvider }) => readonly Step[];
  /** Events that keep the newest contract; default: `sampleEvents` of it. */
  readonly next?: () => object;
}

/** What becomes of an event that keeps the contract but for what is changed in it; undefined: it lands. */
export type Judged = (change?: object) => Dead | Dropped | undefined;

/**
 * What every collector promises of its newest contract; call it within a spec.
 * @param more - tests of this collector alone
 */
export function collectorSuite<Declaration extends Declared>(
  declaration: Declaration,
  { stepsOf, next }: CollectorSuite<Declaration>,
  more?: (judged: Judged) => void,
): void {
  const [contract] = declaration.contracts;
  const steps = stepsOf(declaration, { keys: testKeys() });
  const sample = next ?? sampleEvents(contract, { seed: 1 });
  const judged: Judged = (change = {}) =>
    judge(steps, contract, Buffer.from(JSON.stringify({ ...sample(), ...change })));

  describe(declaration.name, () => {
    it('lands every event that keeps the contract', () => {
      for (let count = 0; count < EVENTS; count++) expect(judged()).toBeUndefined();
    });

    it('refuses a version that it does not know', () => {
      const [property = ''] = contract.paths.schemaVersion;
      expect(judged(nested(contract.paths.schemaVersion, '99.0.0'))).toMatchObject({
        outcome: 'dead',
        reason: 'unknown_version',
      });
      expect(judged({ [property]: undefined })).toMatchObject({ outcome: 'dead' });
    });

    it.each(brokenEvents(contract))('refuses what breaks the contract: %j', (change) => {
      expect(judged(change)).toMatchObject({ outcome: 'dead', reason: 'schema_violation' });
    });

    more?.(judged);
  });
}

/** Each way to break one property: a required one is null, one with a list has a value that is not on it. */
function brokenEvents({ schema, paths }: StreamContract): readonly object[] {
  const required = schema.required as readonly string[];
  const properties = Object.entries(schema.properties as Readonly<Record<string, JsonSchema>>);
  const [version] = paths.schemaVersion;
  return [
    nested(paths.eventTs, 'yesterday'),
    ...required.filter((name) => name !== version).map((name) => ({ [name]: null })),
    ...properties.filter(([, { enum: listed }]) => listed !== undefined).map(([name]) => ({ [name]: '?' })),
  ];
}

function nested(path: readonly string[], value: unknown): object {
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
}
