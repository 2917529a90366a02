import { parse } from 'yaml';
import { mutate, type ContractFiles, type Mutant } from './mutant';

type Change = Parameters<typeof mutate>[3];

interface RoleNode {
  readonly kind: string;
  readonly regions?: readonly string[];
  readonly tiers?: readonly string[];
  readonly domains?: readonly string[];
  readonly lasts?: string;
  readonly sees?: string;
}

const ROLES = 'roles.yaml';

/** Each widening of each role, and of who approves. */
export function roleMutants(files: ContractFiles): readonly Mutant[] {
  const { roles } = parse(files.get(ROLES) ?? '') as { readonly roles: Readonly<Record<string, RoleNode>> };
  const make = (what: string, change: Change): Mutant => mutate(files, ROLES, what, change);
  return [
    ...Object.entries(roles).flatMap(([role, node]) => wider(role, node, make)),
    make('somebody else approves too', (yaml) => {
      yaml.addIn(['security'], 'somebody@brook.example');
    }),
    make('one more role', (yaml) => {
      const node = { kind: 'functional', description: 'Reads.', regions: ['*'] };
      yaml.setIn(['roles', 'ANALYST_NEW'], yaml.createNode(node));
    }),
  ];
}

function wider(
  role: string,
  { kind, regions = [], tiers = [], domains, lasts, sees }: RoleNode,
  make: (what: string, change: Change) => Mutant,
): readonly Mutant[] {
  const set = (key: string, value: unknown): Mutant =>
    make(`${role} has ${key} ${JSON.stringify(value)}`, (yaml) => {
      yaml.setIn(['roles', role, key], yaml.createNode(value));
    });
  return [
    ...(regions.includes('*') ? [] : [set('regions', ['*']), set('regions', [...regions, 'APAC'])]),
    ...(['BRONZE', 'SILVER', 'OPS'] as const)
      .filter((tier) => !tiers.includes(tier))
      .map((tier) => set('tiers', [...tiers, tier])),
    ...(sees === undefined ? [set('sees', 'everything')] : [set('kind', 'functional')]),
    ...(domains === undefined
      ? []
      : [
          make(`${role} is of every domain`, (yaml) => {
            yaml.deleteIn(['roles', role, 'domains']);
          }),
        ]),
    ...(lasts === undefined
      ? []
      : [
          set('lasts', 'P30D'),
          make(`${role} lasts for ever`, (yaml) => {
            yaml.deleteIn(['roles', role, 'lasts']);
          }),
        ]),
    ...(kind === 'emergency' ? [set('kind', 'functional')] : []),
    set('writes', ['REGION_ACCESS', 'SHARE_ACCESS']),
    set('account', ['GOVERNANCE_VIEWER', 'OBJECT_VIEWER', 'SECURITY_VIEWER', 'USAGE_VIEWER']),
  ];
}
