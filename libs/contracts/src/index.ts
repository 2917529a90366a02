/**
 * Services import types from here and nothing else (`import type`): values would drag the YAML parser into their
 * bundles. Scripts and specs use the rest.
 */
export type { AccessBook } from './access/access-book';
export { loadAccess } from './access/load-access';
export type { Dialects } from './access/policies';
export { TIERS, type Role, type RoleBook, type Tier } from './access/roles';
export { BRONZE_COLUMNS } from './bronze-columns';
export { ContractError, formatFinding, type Finding } from './finding';
export { generate, type GeneratedFile } from './generate/generate';
export { loadContracts } from './load-contract';
export type { OdcsDocument } from './odcs';
export * from './product-contract';
export { toProductContract } from './product-view';
export * from './stream-contract';
export { toStreamContract } from './stream-view';
