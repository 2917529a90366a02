export { localFolders, type LocalFolders } from './local-folders';
export { isWarehouseConfigured, openWarehouse } from './open-warehouse';
export type { Bind, Place, Row, Value, Warehouse } from './warehouse';
