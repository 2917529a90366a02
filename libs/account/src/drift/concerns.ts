import type { DeclaredAccount, Grantee } from '../account-model';
import type { Fact } from './facts';

/** What was declared of an account, as far as it decides whether something that is not declared matters. */
export interface Concerns {
  readonly account: DeclaredAccount;
  /** Service users, by name. */
  readonly programs: ReadonlySet<string>;
  /** Roles that no person holds. */
  readonly unheld: ReadonlySet<string>;
  readonly refreshers: ReadonlySet<string>;
  readonly emergencies: ReadonlySet<string>;
  /** Declared tables. */
  readonly tables: ReadonlySet<string>;
}

/** Roles that Snowflake has of itself. */
export const SYSTEM_ROLES = new Set([
  'ACCOUNTADMIN',
  'SYSADMIN',
  'SECURITYADMIN',
  'USERADMIN',
  'ORGADMIN',
  'PUBLIC',
]);

/** Tags that decide what is seen. */
const PROTECTING_TAGS = /\.OPS\.(CLASSIFICATION|PHI_KIND|PROTECTED_BY)$/;

/** Whether something that is found and not declared is a finding; what touches nothing of ours is somebody else's. */
export function matters(fact: Fact, concerns: Concerns): boolean {
  const { tables } = concerns;
  switch (fact.is) {
    case 'role':
      return fact.type === 'DATABASE ROLE' && !isInstanceRole(fact.name);
    case 'held':
      return heldMatters(fact.role, fact.to, concerns);
    case 'privilege':
      return privilegeMatters(fact, concerns);
    case 'future':
      return true;
    case 'protection':
      return tables.has(fact.table);
    case 'tag':
      // A table's own class would be inherited by columns that nobody classified.
      return tables.has(fact.object) && isProtecting(fact.tag);
    case 'warehouse':
    case 'policy':
    case 'setting':
      return false;
    case 'mapping':
      return mappingMatters(fact, concerns);
    case 'task':
      // What dbt schedules is its role's, which can do no more by a task than without.
      return !concerns.refreshers.has(fact.owner);
    case 'attached':
    case 'credential':
    case 'procedure':
    case 'share':
    case 'shared view':
    case 'reader':
    case 'tag mask':
      return true;
  }
}

export function isProtecting(tag: string): boolean {
  return PROTECTING_TAGS.test(tag);
}

/** People get roles for people from whoever keeps the users: that is not declared here. */
function heldMatters(
  role: string,
  to: Grantee,
  { unheld, emergencies, programs, account }: Concerns,
): boolean {
  if (to.type !== 'USER') return true;
  if (role === account.emergency.role) return !emergencies.has(to.name);
  return unheld.has(role) || programs.has(to.name);
}

function privilegeMatters(
  { privilege, on, to, object }: Extract<Fact, { is: 'privilege' }>,
  { refreshers, account }: Concerns,
): boolean {
  // Whoever deploys owns what it made; what dbt makes is the refreshing role's.
  if (to.name === 'ACCOUNTADMIN') return false;
  const tier = object.split('.')[1] ?? '';
  const isMade =
    ['SILVER', 'GOLD', 'OPS'].includes(tier) &&
    account.databases.some(({ name }) => object.startsWith(`${name}.`));
  if (privilege === 'OWNERSHIP' && refreshers.has(to.name)) return !isMade;
  return !(on === 'DATABASE ROLE' && privilege === 'OWNERSHIP');
}

/** People keep rows beside those of roles.yaml, for roles that are there; which accounts outside see what, contracts alone say. */
function mappingMatters(
  { table, row: [role = ''], by }: Extract<Fact, { is: 'mapping' }>,
  { account }: Concerns,
): boolean {
  const declared = account.mappings.find((mapping) => mapping.table === table);
  if (declared?.addedBy !== 'roles.yaml' || by === declared.addedBy) return true;
  return !account.roles.some(({ name }) => name === role);
}

/** Classes that Snowflake makes instances of, such as budgets, have roles of their own. */
function isInstanceRole(name: string): boolean {
  return name.split('.').length > 2;
}
