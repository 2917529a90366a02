import { ASK_SHARES } from '../drift/found-shares';
import { ASK } from '../drift/questions';
import type { SnapshotRow } from '../drift/snapshot';
import type { World } from './world';

/** As SHOW SHARES tells it, with the organization and the account that it is of. */
export function tellShare(world: World, row: SnapshotRow): void {
  world.add(ASK_SHARES.shares(), {
    kind: 'OUTBOUND',
    database_name: '',
    to: '',
    ...row,
    name: `ORG.BROOK.${String(row.name)}`,
  });
}

export function tellView(world: World, name: string, isSecure: boolean, statement: string): void {
  const [database = '', schema = '', view = ''] = name.split('.');
  forgetView(world, name);
  world.add(ASK_SHARES.views(database), {
    schema_name: schema,
    name: view,
    is_secure: String(isSecure),
    text: `${statement};`,
  });
  world.add(ASK.tables(database), {
    TABLE_SCHEMA: schema,
    TABLE_NAME: view,
    TABLE_TYPE: 'VIEW',
    IS_DYNAMIC: 'NO',
  });
}

export function tellReader(world: World, name: string, locator: string): void {
  world.add(ASK_SHARES.readers(), { name, locator, is_reader: 'true' });
}

export function forgetView(world: World, name: string): void {
  const [database = '', schema, view] = name.split('.');
  world.drop(ASK_SHARES.views(database), (row) => row.schema_name === schema && row.name === view);
  world.drop(ASK.tables(database), (row) => row.TABLE_SCHEMA === schema && row.TABLE_NAME === view);
}

export function shareOf(world: World, name: string): SnapshotRow | undefined {
  return world.rows(ASK_SHARES.shares()).find((row) => String(row.name).endsWith(`.${name}`));
}

export function changeShare(world: World, name: string, change: SnapshotRow): void {
  world.update(ASK_SHARES.shares(), (row) => String(row.name).endsWith(`.${name}`), change);
}
