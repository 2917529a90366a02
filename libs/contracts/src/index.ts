/**
 * Services import types from here and nothing else (`import type`): values would drag the YAML parser into their
 * bundles. Scripts and specs use the rest.
 */
export type { AccessBook } from './access/access-book';
export { parseAccess } from './access/access-book';
export { loadAccess } from './access/load-access';
export type { Dialects } from './access/row-policies';
export { TIERS, type Role, type RoleBook, type Tier } from './access/roles';
export { bronzeClass, BRONZE_COLUMNS, BRONZE_MASKS } from './bronze-columns';
export { protectionFaults, type Protected } from './check-column-sources';
export { hidingPolicy, type HiddenColumn } from './hidden-column';
export { opsClass, OPS_TABLES } from './generate/ops-ddl';
export { isStream } from './contract-kind';
export { ContractError, formatFinding, type Fault, type Finding } from './finding';
export { generate } from './generate/generate';
export type { GeneratedFile } from './generate/generated-file';
export { generateArtifacts } from './generate/generate-artifacts';
export {
  governedTables,
  isPersonal,
  readersOf,
  type GovernedColumn,
  type GovernedTable,
} from './governed-tables';
export { columnLineage } from './graph/column-lineage';
export { contractLineage } from './graph/contract-lineage';
export {
  lineageForest,
  lineagePart,
  lineageTree,
  type Direction,
  type Lineage,
  type LineageNode,
  type LineageTree,
} from './graph/lineage';
export { importContract, type Import } from './import/import-contract';
export { lintTree } from './lint-tree';
export { loadContracts, parseContracts } from './load-contract';
export { madeTables, type MadeColumn, type MadeTable } from './made-tables';
export { maskPolicyName } from './model-column';
export type { OdcsDocument } from './odcs';
export { contractPage, type ContractPage, type PageTable } from './page/contract-page';
export type { PageColumn } from './page/page-columns';
export * from './product-contract';
export { toProductContract } from './product-view';
export * from './stream-contract';
export { readYaml, type ContractText } from './read-yaml';
export { toStreamContract } from './stream-view';
export { declaredShares, shareName, shareRegions, type DeclaredShare } from './shares/declared-shares';
export { SourceColumns, type SourceColumn } from './source-columns';
export type { SecuredView } from './secured-view';
export { bumpOf, type DiffFinding, type DiffResult } from './diff/diff-finding';
export { diffTexts, diffTrees, type ContractTree } from './diff/diff-trees';
export { CATEGORIES, RULES, type Bump, type Category, type RuleId } from './diff/rules';
export type { GateFault } from './gate/change';
export { gate, type GateResult, type Touched } from './gate/gate';
