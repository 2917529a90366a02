import type { TIERS } from '@das/contracts';
import { type AccessBook } from '@das/contracts';
import { seeEverything } from '../compile/masking-policies';
import { heldBy, isKnownGrant, mayRead, readGrants } from '../rendered/read-grants';
import { broken, type Broken } from './broken';

/** Roles that everybody has, or that hold all others: IS_ROLE_IN_SESSION would be true in them. */
const ABOVE = ['PUBLIC', 'SYSADMIN', 'SECURITYADMIN', 'USERADMIN', 'ACCOUNTADMIN', 'ORGADMIN'];
const TO_USER = /^GRANT ROLE "(\w+)" TO USER "(\w+)"$/i;
const SERVICE = /^CREATE USER (?:IF NOT EXISTS )?"(\w+)" TYPE = SERVICE\b/i;

/** Who reaches, through grants and what they hold, what they should not. @param tables - as `DB.SCHEMA.TABLE` */
export function reachFaults(
  statements: readonly string[],
  { roles }: Pick<AccessBook, 'roles'>,
  tables: readonly string[],
): readonly Broken[] {
  const grants = readGrants(statements);
  const everyone = [
    ...new Set([...Object.keys(roles), ...ABOVE, ...grants.roles.keys(), ...grants.reads.keys()]),
  ];
  const accountRoles = everyone.filter((role) => !role.includes('.'));
  const free = seeEverything({ roles });
  const isService = (role: string, tier: (typeof TIERS)[number]): boolean =>
    roles[role]?.kind === 'service' && roles[role].tiers.includes(tier);
  const reached = (tier: (typeof TIERS)[number], invariant: Broken['invariant']): readonly Broken[] =>
    accountRoles
      .filter((role) => !isService(role, tier))
      .flatMap((role) =>
        tables
          .filter((table) => table.split('.')[1] === tier && mayRead(grants, role, table))
          .map((table) => broken(invariant, table, `can be read by ${role}`)),
      );
  return [
    ...statements
      .filter((sql) => /^grant /i.test(sql) && !isKnownGrant(sql))
      .map((sql) => broken('grant-is-known', sql, 'is a grant of a form that is not known')),
    ...reached('BRONZE', 'bronze-is-for-services'),
    ...reached('SILVER', 'silver-is-for-services'),
    ...free.flatMap((role) => [
      ...(roles[role]?.kind === 'service'
        ? []
        : [broken('no-person-sees-everything', role, 'sees everything and is no service')]),
      ...accountRoles
        .filter((other) => other !== role && heldBy(grants, other).has(role))
        .map((other) => broken('no-person-sees-everything', role, `is held by the role ${other}`)),
    ]),
    ...holderFaults(statements, free),
    ...ABOVE.filter((role) => (grants.roles.get(role)?.size ?? 0) > 0).map((role) =>
      broken('no-person-sees-everything', role, `holds ${[...(grants.roles.get(role) ?? [])].join(', ')}`),
    ),
  ];
}

function holderFaults(statements: readonly string[], free: readonly string[]): readonly Broken[] {
  const services = new Set(statements.map((sql) => SERVICE.exec(sql)?.[1]));
  return statements.flatMap((sql) => {
    const [, role = '', user = ''] = TO_USER.exec(sql) ?? [];
    if (!free.includes(role) || services.has(user)) return [];
    return [broken('no-person-sees-everything', role, `is held by ${user}, which is no service`)];
  });
}
