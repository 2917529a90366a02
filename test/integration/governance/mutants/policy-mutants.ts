import { parse } from 'yaml';
import { mutate, type ContractFiles, type Mutant, type Path } from './mutant';

type Expression = string | Readonly<Record<string, string>>;

const MASKING = 'policies/masking.yaml';
const ROWS = 'policies/row-access.yaml';

/** Each weakening of each form of masking. */
export function maskingMutants(files: ContractFiles): readonly Mutant[] {
  const { forms } = parse(files.get(MASKING) ?? '') as {
    readonly forms: Readonly<Record<string, { readonly types: Readonly<Record<string, Expression>> }>>;
  };
  return Object.entries(forms).flatMap(([form, { types }]) => {
    // A token is what landed: it cannot say more than it does.
    if (form === 'token') return [];
    const at = ['forms', form, 'types'];
    const set = (path: Path, what: string, value: string): Mutant =>
      mutate(files, MASKING, `${form} ${what}`, (yaml) => {
        yaml.setIn(path, value);
      });
    if (Object.keys(types).length === 0)
      return [
        mutate(files, MASKING, `${form} shows texts`, (yaml) => {
          yaml.setIn(at, yaml.createNode({ VARCHAR: '{value}' }));
        }),
      ];
    return Object.entries(types).flatMap(([type, expression]) =>
      places(expression, [...at, type]).flatMap(({ path, sql }) => {
        const of = `of ${path.slice(3).join(' ')}`;
        return [
          set(path, `${of} shows the value`, '{value}'),
          set(path, `${of} shows the value where it would be null`, `coalesce(${sql}, {value})`),
        ];
      }),
    );
  });
}

interface RowPolicy {
  readonly condition?: Expression;
  readonly arguments?: Readonly<Record<string, string>>;
  /** Those that it joins. */
  readonly all?: readonly { readonly policy: string }[];
}

/** Each weakening of each row access policy. */
export function rowAccessMutants(files: ContractFiles): readonly Mutant[] {
  const { policies } = parse(files.get(ROWS) ?? '') as {
    readonly policies: Readonly<Record<string, RowPolicy>>;
  };
  return Object.entries(policies).flatMap(([policy, { condition, arguments: columns = {}, all = [] }]) => [
    ...all.map((part, index) =>
      mutate(files, ROWS, `${policy} without ${part.policy}`, (yaml) => {
        yaml.deleteIn(['policies', policy, 'all', index]);
      }),
    ),
    ...places(condition ?? {}, ['policies', policy, 'condition']).flatMap(({ path, sql }) => {
      const set = (what: string, value: string): Mutant =>
        mutate(
          files,
          ROWS,
          `${policy}${path.length > 3 ? ` of ${String(path.at(-1))}` : ''} ${what}`,
          (yaml) => {
            yaml.setIn(path, value);
          },
        );
      const [column = ''] = Object.keys(columns);
      return [
        set('shows all rows', 'true'),
        set('shows the rows that it hid, and the other way round', `not (${sql})`),
        set('shows rows without a value', `(${sql}) or {${column}} is null`),
      ];
    }),
  ]);
}

function places(
  expression: Expression,
  path: Path,
): readonly { readonly path: Path; readonly sql: string }[] {
  if (typeof expression === 'string') return [{ path, sql: expression }];
  return Object.entries(expression).map(([dialect, sql]) => ({ path: [...path, dialect], sql }));
}
