import { maskPolicyName, type ModelColumn } from '../model-column';

/** A generic test: its name alone, or with what it takes. */
export type DbtTest = string | Readonly<Record<string, { readonly arguments: unknown }>>;

/** The entry of a column in a model's YAML. */
export function dbtColumn(column: ModelColumn, tests: readonly DbtTest[]): Record<string, unknown> {
  const { name, type, description, nullable } = column;
  return {
    name,
    data_type: type,
    description,
    // dbt does not know that our materializations create the table with them; a view has them for its readers.
    constraints: nullable ? undefined : [{ type: 'not_null', warn_unsupported: false }],
    config: { meta: { das: columnMeta(column) } },
    data_tests: tests.length === 0 ? undefined : tests,
  };
}

function columnMeta({ path, link, classification, kind, mask, projection, type }: ModelColumn) {
  return {
    path,
    link,
    classification,
    phiKind: kind,
    mask: mask && {
      policy: maskPolicyName(mask.kind, type),
      form: mask.form,
      clearFor: mask.clearFor,
    },
    projection,
  };
}

/** What can be tested of a column for itself. */
export function valueTests({ allowed, minimum, references = [] }: ModelColumn): readonly DbtTest[] {
  return [
    ...(allowed === undefined ? [] : [{ accepted_values: { arguments: acceptedValues(allowed) } }]),
    ...(minimum === undefined ? [] : [{ at_least: { arguments: { minimum } } }]),
    ...references.map((reference) => {
      const [table, field] = reference.split('.');
      return { relationships: { arguments: { to: `ref('${table}')`, field } } };
    }),
  ];
}

function acceptedValues(values: readonly (string | number)[]) {
  const numbers = values.every((value) => typeof value === 'number');
  return numbers ? { values, quote: false } : { values };
}
