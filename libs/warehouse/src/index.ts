export { localFolders, type LocalFolders } from './local-folders';
export { isWarehouseConfigured, openWarehouse, type OpenOptions } from './open-warehouse';
export type { ReaderRole } from './reader-role';
export { isSqlMistake } from './sql-mistake';
export type { Answer, Bind, Column, Place, QueryOptions, Row, Value, Warehouse } from './warehouse';
