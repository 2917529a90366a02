import { parse } from 'yaml';
import { columnMutants } from './column-mutants';
import {
  customOf,
  customPath,
  mutate,
  propertiesBelow,
  type ContractFiles,
  type Mutant,
  type Node,
} from './mutant';

interface ContractNode extends Node {
  readonly schema: readonly (Node & { readonly properties: readonly Node[] })[];
  readonly roles: readonly { readonly role: string }[];
  readonly slaProperties: readonly { readonly property: string; readonly value: number }[];
  readonly team: { readonly members: readonly { readonly role: string }[] };
}

type Make = (what: string, change: Parameters<typeof mutate>[3]) => Mutant;

/** Each weakening of each contract. */
export function contractMutants(files: ContractFiles): readonly Mutant[] {
  return [...files.keys()]
    .filter((file) => file.endsWith('.odcs.yaml'))
    .flatMap((file) => {
      const contract = parse(files.get(file) ?? '') as ContractNode;
      const make: Make = (what, change) => mutate(files, file, what, change);
      return [
        ...accessMutants(contract, make),
        ...serviceMutants(contract, make),
        ...collectorMutants(contract, make),
        ...contract.schema.flatMap((table, index) => tableMutants(table, index, make)),
        ...contract.schema.flatMap((table, index) =>
          [...propertiesBelow(table.properties, ['schema', index, 'properties'])].flatMap((place) =>
            columnMutants(place, table.name ?? '?', make),
          ),
        ),
      ];
    });
}

/** Who may read it, what for, and who says so. */
function accessMutants(contract: ContractNode, make: Make): readonly Mutant[] {
  const purposes = customPath(contract, [], 'das.purposes');
  const steward = contract.team.members.findIndex(({ role }) => role === 'steward');
  return [
    make('one more role reads it', (yaml) => {
      yaml.addIn(
        ['roles'],
        yaml.createNode({ role: 'ANALYST_HEALTH', access: 'read', description: 'Reads.' }),
      );
    }),
    ...(purposes === undefined
      ? []
      : [
          make('one more purpose', (yaml) => {
            yaml.addIn([...purposes, 'value'], 'marketing');
          }),
        ]),
    make('another steward', (yaml) => {
      yaml.setIn(['team', 'members', steward, 'username'], 'somebody@brook.example');
    }),
    make('an older version', (yaml) => {
      yaml.setIn(['version'], '0.9.0');
    }),
  ];
}

/** What is promised, and what it may cost. */
function serviceMutants(contract: ContractNode, make: Make): readonly Mutant[] {
  const weaker: Readonly<Record<string, readonly number[]>> = {
    // Many times what is promised anywhere, in whatever unit.
    freshness: [100_000],
    // Longer is weaker where it is personal.
    retention: isPersonal(contract) ? [1, 4000] : [1],
    availability: [90],
    completeness: [90],
  };
  const levels = contract.slaProperties.flatMap(({ property }, index) =>
    (weaker[property] ?? []).map((value) =>
      make(`${property} is ${value}`, (yaml) => {
        yaml.setIn(['slaProperties', index, 'value'], value);
      }),
    ),
  );
  const set = (name: string, path: readonly string[], value: unknown): readonly Mutant[] => {
    const at = customPath(contract, [], name);
    if (at === undefined) return [];
    return [
      make(`${name} ${path.join('.')} is ${String(value)}`, (yaml) => {
        yaml.setIn([...at, 'value', ...path], value);
      }),
    ];
  };
  return [
    ...levels,
    ...set('das.slo', ['freshness', 'percentile'], 50),
    ...set('das.slo', ['freshness', 'window'], 'P30D'),
    ...set('das.slo', ['completeness', 'window'], 'P30D'),
    ...set('das.cost', ['monthlyCapUsd'], 9000),
  ];
}

/** How a stream is collected. */
function collectorMutants(contract: ContractNode, make: Make): readonly Mutant[] {
  const at = customPath(contract, [], 'das.collector');
  if (at === undefined) return [];
  const set = (path: readonly string[], value: unknown): Mutant =>
    make(`das.collector ${path.join('.')} is ${String(value)}`, (yaml) => {
      yaml.setIn([...at, 'value', ...path], value);
    });
  return [
    set(['undeclaredPhi'], 'allow'),
    set(['onGap'], 'continue'),
    set(['onOffsetRegression'], 'restart'),
    set(['deadLetters', 'fuseRatio'], 1),
    set(['deadLetters', 'fuseRunLength'], 900_000),
    set(['lateness', 'allowed'], 'PT1M'),
    set(['envelope', 'subjectKey'], 'event_id'),
    set(['dedupeKeys'], ['event_id', 'event_type']),
    make('one more header lands', (yaml) => {
      yaml.addIn([...at, 'value', 'headers'], 'authorization');
    }),
  ];
}

function tableMutants(table: Node, index: number, make: Make): readonly Mutant[] {
  const name = table.name ?? '?';
  const at = ['schema', index] as const;
  const rowAccess = customPath(table, at, 'das.rowAccess');
  const model = customPath(table, at, 'das.model');
  const { internal } = (customOf(table, 'das.model') ?? {}) as { readonly internal?: boolean };
  return [
    ...(rowAccess === undefined
      ? []
      : [
          make(`${name} loses its row access`, (yaml) => {
            yaml.deleteIn(rowAccess);
          }),
          make(`the rows of ${name} are decided by another column`, (yaml) => {
            yaml.setIn([...rowAccess, 'value', 'columns', 'region'], 'customer_id');
          }),
        ]),
    ...(model !== undefined && internal === true
      ? [
          make(`${name} is internal no more`, (yaml) => {
            yaml.setIn([...model, 'value', 'internal'], false);
          }),
        ]
      : []),
    ...(table.quality ?? []).map(({ name: rule }, at) =>
      make(`${name} loses the rule ${rule ?? '?'}`, (yaml) => {
        if (table.quality?.length === 1) yaml.deleteIn(['schema', index, 'quality']);
        else yaml.deleteIn(['schema', index, 'quality', at]);
      }),
    ),
  ];
}

function isPersonal({ schema }: ContractNode): boolean {
  return schema.some(({ properties }) =>
    [...propertiesBelow(properties, [])].some(
      ({ node }) => node.classification === 'pii' || node.classification === 'phi',
    ),
  );
}
