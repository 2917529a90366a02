export { compilePolicies } from './compile/compile-policies';
export {
  inEnvironment,
  PRODUCTION,
  type DomainPolicies,
  type MappingTable,
  type Policy,
} from './compile/policy';
export { generateGovernance } from './generate-governance';
export { securedSelect, securedViews } from './local/secured-view';
export {
  disagreements,
  missingCells,
  missingShareCells,
  type Disagreement,
  type Shown,
} from './expectations/compare';
export {
  parseExpectations,
  type Cell,
  type Environment,
  type TableExpectations,
} from './expectations/expectation-file';
export { loadExpectations, loadShareExpectations } from './expectations/load-expectations';
export { showShares } from './expectations/show-shares';
export { showRenderedShares } from './rendered/show-rendered-shares';
export { showLocal } from './expectations/show-local';
export { heldBy, mayRead, readGrants, type Grants } from './rendered/read-grants';
export { appliedStatements, readPolicies, type RenderedPolicy } from './rendered/read-policies';
export { readTable, type RenderedTable } from './rendered/read-tables';
export { showRendered, type Ask, type Rendered } from './rendered/show-rendered';
export { bracketed, statementsOf, withoutComments } from './rendered/statements';
export { tracedLineage } from './lineage/traced-graph';
export {
  loadLineage,
  loadRendered,
  readRenderedSql,
  renderedOf,
  type RenderedSql,
} from './rendered/load-rendered';
export { refusedAccount, refusedDatabase } from './attached/guard';
export { takeBack, type Left } from './attached/ledger';
export { loadAttachedSql } from './attached/load-attached-sql';
export { planOf, type AttachedWorld } from './attached/plan';
export { leftBehind, whoTests, type Tester } from './attached/scratch-access';
export { showAttached } from './attached/show-attached';
export type { SqlSession } from './attached/sql-session';
export { filledTables, type Filled } from './lineage/filled-tables';
export { lineageFaults } from './lineage/lineage-faults';
export { digestOf, LINEAGE_FILE, lineageText, type TracedTable } from './lineage/traced-table';
export { brokenInvariants, type Deployment } from './invariants/check-invariants';
export { INVARIANTS, type Broken, type Invariant } from './invariants/broken';
export { orderFaults } from './invariants/statement-order';
export { wantedTables, type WantedTable } from './invariants/wanted-tables';
export { coverage, GAPS, type DomainCoverage, type Gap } from './gaps/coverage';
export { explainShare, type SharedColumn } from './explain/explain-share';
export { explainAccess, type Explanation } from './explain/explain-access';
export { identifier, literal } from './compile/sql-text';
export { SHARED, sharedView, sharedViewName } from './shares/shared-view';
