import { parse } from 'yaml';
import { customOf, mutate, type ContractFiles, type Mutant, type Node } from './mutant';

interface ShareNode {
  readonly name: string;
  readonly table: string;
  readonly regions: readonly string[];
  readonly columns: readonly string[];
}

/** Each widening of each share: a column, a region, a day, a reader more. */
export function shareMutants(files: ContractFiles): readonly Mutant[] {
  return [...files].flatMap(([file, text]) => {
    if (!file.endsWith('.odcs.yaml')) return [];
    const contract = parse(text) as Node & { readonly schema: readonly Node[] };
    const shares = (customOf(contract, 'das.shares') ?? []) as readonly ShareNode[];
    const at = contract.customProperties?.findIndex(({ property }) => property === 'das.shares') ?? -1;
    return shares.flatMap((share, index) => {
      const { name, table, columns } = share;
      const path = ['customProperties', at, 'value', index];
      const set = (key: string, value: unknown): Mutant =>
        mutate(files, file, `${name} has ${key} ${JSON.stringify(value)}`, (yaml) => {
          yaml.setIn([...path, key], yaml.createNode(value));
        });
      const all = contract.schema.find((one) => one.name === table)?.properties ?? [];
      const others = all.flatMap(({ name: column = '' }) => (columns.includes(column) ? [] : [column]));
      return [
        ...others.map((column) => set('columns', [...columns, column])),
        set('regions', ['*']),
        set('regions', ['EMEA', 'NA', 'APAC', 'LATAM']),
        set('expires', '2099-12-31'),
        set('account', 'QQ00000'),
        set('purpose', 'customer-history'),
      ];
    });
  });
}
