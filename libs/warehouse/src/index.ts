export { localFolders, type LocalFolders } from './local-folders';
export { isWarehouseConfigured, openSession, openWarehouse, type OpenOptions } from './open-warehouse';
export type { ReaderRole } from './reader-role';
export type { Session, Told } from './snowflake/session';
export { isSqlMistake } from './sql-mistake';
export type { Answer, Bind, Column, Place, QueryOptions, Row, Value, Warehouse } from './warehouse';
