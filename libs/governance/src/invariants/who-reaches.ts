import { TIERS, type AccessBook } from '@das/contracts';
import { seeEverything } from '../compile/masking-policies';
import { heldBy, mayRead, readGrants } from '../rendered/read-grants';
import { broken, type Broken } from './broken';

/** Roles that everybody has, or that hold all others: IS_ROLE_IN_SESSION would be true in them. */
const ABOVE = ['PUBLIC', 'SYSADMIN', 'SECURITYADMIN', 'USERADMIN', 'ACCOUNTADMIN', 'ORGADMIN'];
const TO_USER = /^GRANT ROLE "(\w+)" TO USER "(\w+)"$/i;
const SERVICE = /^CREATE USER (?:IF NOT EXISTS )?"(\w+)" TYPE = SERVICE\b/i;

/** Who reaches, through grants and what they hold, what they should not. @param bronze - tables, as `DB.SCHEMA.TABLE` */
export function reachFaults(
  statements: readonly string[],
  { roles }: Pick<AccessBook, 'roles'>,
  bronze: readonly string[],
): readonly Broken[] {
  const grants = readGrants(statements);
  const everyone = [
    ...new Set([...Object.keys(roles), ...ABOVE, ...grants.roles.keys(), ...grants.reads.keys()]),
  ];
  const accountRoles = everyone.filter((role) => !role.includes('.'));
  const free = seeEverything({ roles });
  const isService = (role: string): boolean =>
    roles[role]?.kind === 'service' && roles[role].tiers.includes(TIERS[0]);
  return [
    ...accountRoles
      .filter((role) => !isService(role))
      .flatMap((role) =>
        bronze
          .filter((table) => mayRead(grants, role, table))
          .map((table) => broken('bronze-is-for-services', table, `can be read by ${role}`)),
      ),
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
