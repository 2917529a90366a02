import type { AccessBook, Fault } from '@das/contracts';
import { PROFILES, type AccountDeclaration } from './declaration-schema';

/** What of account.yaml does not fit roles.yaml, policies/network.yaml, or itself. */
export function declarationFaults(declaration: AccountDeclaration, access: AccessBook): readonly Fault[] {
  return [
    ...unknownRoles(declaration, access),
    ...wrongServices(declaration, access),
    ...wrongCosts(declaration),
  ];
}

function unknownRoles(declaration: AccountDeclaration, { roles }: AccessBook): readonly Fault[] {
  const named = [
    ...Object.entries(declaration.services).map(
      ([name, { role }]) => [['services', name, 'role'], role] as const,
    ),
    ...Object.entries(declaration.warehouses).flatMap(([name, { users }]) =>
      users.map((role, at) => [['warehouses', name, 'users', at], role] as const),
    ),
    [['breakGlass', 'givenBy'], declaration.breakGlass.givenBy] as const,
  ];
  return named
    .filter(([, role]) => roles[role] === undefined)
    .map(([path, role]) => ({ path, message: `roles.yaml has no role ${role}` }));
}

/** A role of people must not be held by a program, nor a program's by nobody: it would be granted to somebody by hand. */
function wrongServices(
  { services, network, people }: AccountDeclaration,
  { roles }: AccessBook,
): readonly Fault[] {
  const served = new Set(Object.values(services).map(({ role }) => role));
  return [
    ...Object.entries(services).flatMap(([name, { role, network: from }]): readonly Fault[] => [
      ...(roles[role] === undefined || roles[role].kind === 'service'
        ? []
        : [{ path: ['services', name, 'role'], message: `${role} is a role of people` }]),
      ...(network[from] === undefined
        ? [{ path: ['services', name, 'network'], message: `policies/network.yaml has no policy ${from}` }]
        : []),
    ]),
    ...Object.entries(roles)
      .filter(([role, { kind }]) => kind === 'service' && !served.has(role))
      .map(([role]): Fault => ({ path: ['services'], message: `no service has the role ${role}` })),
    ...(network[people.network]?.for === 'account'
      ? []
      : [
          {
            path: ['people', 'network'],
            message: 'policies/network.yaml has no such policy for the account',
          },
        ]),
  ];
}

/** What one domain's monitors let through must fit; `creditsPerMonth` counts all of them. */
function wrongCosts({ warehouses, serverlessCredits, costs }: AccountDeclaration): readonly Fault[] {
  return PROFILES.flatMap((profile): readonly Fault[] => {
    const { usdPerCredit, monthlyUsd } = costs[profile];
    const monitored = Object.values(warehouses).map(({ creditsPerMonth }) => creditsPerMonth[profile]);
    const credits = monitored.reduce((sum, each) => sum + each, serverlessCredits[profile]);
    return monthlyUsd === undefined || credits * usdPerCredit <= monthlyUsd
      ? []
      : [
          {
            path: ['costs', profile, 'monthlyUsd'],
            message: `warehouses and serverless may cost ${credits * usdPerCredit} USD a month`,
          },
        ];
  });
}
