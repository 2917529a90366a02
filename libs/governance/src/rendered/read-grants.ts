import { plainName } from './statements';
/** Who holds what, as GRANT statements say it. */
export interface Grants {
  /** Role, or database role as `DB.ROLE`, to the roles that it was granted. */
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
  /** Role, or database role, to the tables that it may read: `DB.SCHEMA.NAME`, or `DB.SCHEMA.*`. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
}

const NAMES = '"\\w+"(?:\\."\\w+")*';
const ROLE_TO_ROLE = new RegExp(
  `^GRANT (?:DATABASE )?ROLE (${NAMES}) TO (?:DATABASE )?ROLE (${NAMES})$`,
  'i',
);
const SELECT_ON = new RegExp(
  `^GRANT SELECT[A-Z, ]* ON (?:(?:FUTURE |ALL )?(?:TABLES|VIEWS|DYNAMIC TABLES) IN SCHEMA (${NAMES})|(?:DYNAMIC TABLE|TABLE|VIEW) (${NAMES})) TO (?:DATABASE )?ROLE (${NAMES})$`,
  'i',
);

/** What lets nobody read: it changes, runs, uses or makes something. */
const READS_NOTHING =
  /^GRANT (?:USAGE|INSERT|UPDATE|DELETE|APPLY|CREATE (?:DYNAMIC )?[A-Z]+|EXECUTE (?:MANAGED )?TASK)(?:, (?:INSERT|UPDATE|DELETE))* ON /i;
/** Read by an account outside; what it shows, `readShares` says. */
const TO_SHARE = new RegExp(`^GRANT SELECT ON VIEW ${NAMES} TO SHARE "\\w+"$`, 'i');
const TO_USER = /^GRANT ROLE "\w+" TO USER "\w+"$/i;

/** Whether a statement that grants something has a form that is understood: of any other it is not known who reads. */
export function isKnownGrant(statement: string): boolean {
  return [ROLE_TO_ROLE, TO_USER, TO_SHARE, SELECT_ON, READS_NOTHING].some((known) => known.test(statement));
}

/** What statements, applied in order, let roles do; of privileges, SELECT alone. */
export function readGrants(statements: readonly string[]): Grants {
  const roles = new Map<string, Set<string>>();
  const reads = new Map<string, Set<string>>();
  for (const statement of statements) {
    const [, granted, to] = ROLE_TO_ROLE.exec(statement) ?? [];
    if (granted !== undefined && to !== undefined) add(roles, plainName(to), plainName(granted));
    const [, schema, table, reader] = SELECT_ON.exec(statement) ?? [];
    if (reader === undefined) continue;
    if (schema !== undefined) add(reads, plainName(reader), `${plainName(schema)}.*`);
    if (table !== undefined) add(reads, plainName(reader), plainName(table));
  }
  return { roles, reads };
}

/** Whether a role may read a table, by itself or by any role that it holds. */
export function mayRead(grants: Grants, role: string, table: string): boolean {
  const schema = `${table.split('.').slice(0, 2).join('.')}.*`;
  return [...heldBy(grants, role)].some((held) => {
    const reads = grants.reads.get(held);
    return reads !== undefined && (reads.has(table) || reads.has(schema));
  });
}

/** A role and everything that it was granted, at any depth. */
export function heldBy({ roles }: Grants, role: string): ReadonlySet<string> {
  const held = new Set([role]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const one of held) for (const next of roles.get(one) ?? []) held.add(next);
  return held;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
