export { isWarehouseConfigured, openWarehouse } from './open-warehouse';
export type { Bind, Row, Value, Warehouse } from './warehouse';
