import type { DeclaredAccount, Grantee } from '../account-model';
import { ASK } from '../drift/questions';
import type { Snapshot, SnapshotRow } from '../drift/snapshot';
import { OBJECT_EFFECTS } from './apply-object-statement';
import { SHARE_EFFECTS } from './apply-share-statement';
import { PROTECTION_EFFECTS } from './apply-protection-statement';
import { having, holding, recordPrivilege } from './record-account';
import { World } from './world';
import { type Effect, lastOf, NAME, plain, told } from './effect';

const GRANTEE = '(ROLE|DATABASE ROLE|USER|SHARE) ' + NAME;

/** What Snowflake would do to the answers; it knows the statements that mend drift and no others. @throws Error for others */
export function applyStatement(account: DeclaredAccount, snapshot: Snapshot, statement: string): Snapshot {
  const several = /^EXECUTE IMMEDIATE \$\$BEGIN\n(.*)\nEND\$\$$/s.exec(statement)?.[1];
  if (several !== undefined)
    return several
      .split(/;(?:\n|$)/)
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .reduce((state, one) => applyStatement(account, state, one), snapshot);
  const answers: Record<string, SnapshotRow[]> = Object.fromEntries(
    Object.entries(snapshot.answers).map(([asked, rows]) => [asked, [...rows]]),
  );
  for (const [pattern, effect] of [...SHARE_EFFECTS, ...OBJECT_EFFECTS, ...EFFECTS, ...PROTECTION_EFFECTS]) {
    const match = new RegExp(`^${pattern}$`, 's').exec(statement);
    if (match === null) continue;
    effect(
      match.slice(1).map((part: string | undefined) => part ?? ''),
      new World(account, answers),
      statement,
    );
    return { ...snapshot, answers };
  }
  throw new Error(`no effect is known of: ${statement}`);
}

const grantee = (type = '', name = ''): Grantee => ({ type: type as Grantee['type'], name: plain(name) });
const hasGrants = ({ type }: Grantee): boolean => type !== 'USER' && type !== 'SHARE';

const EFFECTS: readonly (readonly [string, Effect])[] = [
  [
    `GRANT (ROLE|DATABASE ROLE) ${NAME} TO ${GRANTEE}`,
    ([type, role, toType, to], world) => {
      const fact = { is: 'held', type: type as 'ROLE', role: plain(role), to: grantee(toType, to) } as const;
      world.add(ASK.grantsOf(fact.type, fact.role), holding(fact.role, fact.to));
      if (hasGrants(fact.to)) world.add(ASK.grantsTo(fact.to.type, fact.to.name), having(fact));
    },
  ],
  [
    `REVOKE (ROLE|DATABASE ROLE) ${NAME} FROM ${GRANTEE}`,
    ([type = '', role, toType, to], world) => {
      const holder = grantee(toType, to);
      world.drop(
        ASK.grantsOf(type, plain(role)),
        (row) => row.granted_to === told(holder.type) && row.grantee_name === holder.name,
      );
      world.drop(
        ASK.grantsTo(holder.type, holder.name),
        (row) => row.granted_on === told(type) && row.name === plain(role),
      );
    },
  ],
  [
    `GRANT OWNERSHIP ON (.+?) (${NAME}) TO ROLE "ACCOUNTADMIN" COPY CURRENT GRANTS`,
    ([on = '', object], world) => {
      const name = lastOf(plain(object));
      world.update(
        world.grants,
        (row) => row.PRIVILEGE === 'OWNERSHIP' && row.GRANTED_ON === told(on) && row.NAME === name,
        { GRANTEE_NAME: 'ACCOUNTADMIN' },
      );
      for (const { name: role } of world.account.roles)
        world.drop(
          ASK.grantsTo('ROLE', role),
          (row) => row.privilege === 'OWNERSHIP' && row.name === plain(object),
        );
    },
  ],
  [
    `GRANT ([A-Z ]+) ON FUTURE ([A-Z ]+)S IN SCHEMA ${NAME} TO ${GRANTEE}`,
    ([privilege, on = '', schema, toType, to], world) => {
      world.add(ASK.futureGrants(plain(schema)), {
        privilege: privilege ?? '',
        grant_on: told(on),
        name: `${plain(schema)}.<${on}>`,
        grant_to: told(toType),
        grantee_name: plain(to),
        grant_option: 'false',
      });
    },
  ],
  [
    `REVOKE ([A-Z ]+) ON FUTURE ([A-Z ]+)S IN SCHEMA ${NAME} FROM ${GRANTEE}`,
    ([privilege, on, schema, , to], world) => {
      world.drop(
        ASK.futureGrants(plain(schema)),
        (row) => row.privilege === privilege && row.grant_on === told(on) && row.grantee_name === plain(to),
      );
    },
  ],
  [
    `GRANT ([A-Z ]+) ON (ACCOUNT|[A-Z ]+?)(?: ${NAME}(\\(.*\\))?)? TO ${GRANTEE}`,
    ([privilege = '', on = '', object, types, toType, to], world) => {
      recordPrivilege(
        { is: 'privilege', privilege, on, object: `${plain(object)}${types ?? ''}`, to: grantee(toType, to) },
        world.databases,
        world.account,
        world.add,
      );
    },
  ],
  [
    `REVOKE ([A-Z ]+) ON (ACCOUNT|[A-Z ]+?)(?: ${NAME}(\\(.*\\))?)? FROM ${GRANTEE}`,
    ([privilege, on = '', object, , toType, to], world) => {
      const holder = grantee(toType, to);
      const [full, name] = [plain(object), lastOf(plain(object))];
      world.drop(
        ASK.grantsTo(holder.type, holder.name),
        (row) =>
          row.privilege === privilege &&
          row.granted_on === told(on) &&
          (on === 'ACCOUNT' || dottedStart(row.name, full)),
      );
      world.drop(
        world.grants,
        (row) =>
          row.PRIVILEGE === privilege &&
          row.GRANTED_ON === told(on) &&
          dottedStart(row.NAME, name) &&
          row.GRANTEE_NAME === holder.name,
      );
    },
  ],
  [
    `CREATE ROLE IF NOT EXISTS ${NAME}`,
    ([name], world) => {
      world.add(ASK.roles(), { name: plain(name), comment: '', owner: '' });
    },
  ],
  [
    `CREATE DATABASE ROLE IF NOT EXISTS ${NAME}`,
    ([name], world) => {
      const [database = '', role = ''] = plain(name).split('.');
      world.add(ASK.databaseRoles(database), { name: role, comment: '', owner: '' });
    },
  ],
  [
    `DROP DATABASE ROLE ${NAME}`,
    ([name], world) => {
      const [database = '', role = ''] = plain(name).split('.');
      world.drop(ASK.databaseRoles(database), (row) => row.name === role);
    },
  ],
  [
    `CREATE WAREHOUSE IF NOT EXISTS ${NAME} WAREHOUSE_SIZE = '(\\w+)' AUTO_SUSPEND = (\\d+) .*RESOURCE_MONITOR = ${NAME}`,
    ([name, size = '', suspend, monitor], world) => {
      world.add(ASK.warehouses(), {
        name: plain(name),
        size,
        auto_suspend: Number(suspend),
        resource_monitor: plain(monitor),
      });
    },
  ],
  [
    `ALTER WAREHOUSE ${NAME} SET ((?:WAREHOUSE_SIZE|AUTO_SUSPEND|RESOURCE_MONITOR) .*)`,
    ([name, properties = ''], world) => {
      const change: Record<string, string | number> = {};
      const size = /WAREHOUSE_SIZE = '(\w+)'/.exec(properties)?.[1];
      const suspend = /AUTO_SUSPEND = (\d+)/.exec(properties)?.[1];
      const monitor = /RESOURCE_MONITOR = "(\w+)"/.exec(properties)?.[1];
      if (size !== undefined) change.size = size;
      if (suspend !== undefined) change.auto_suspend = Number(suspend);
      if (monitor !== undefined) change.resource_monitor = monitor;
      world.update(ASK.warehouses(), (row) => row.name === plain(name), change);
    },
  ],
];

/** A procedure's name is told with its arguments. */
function dottedStart(toldName: unknown, name: string): boolean {
  const plainName = String(toldName).replaceAll('"', '').replace(/\(.*/s, '');
  return plainName === name;
}
