export { compilePolicies } from './compile/compile-policies';
export { inEnvironment, PRODUCTION, type DomainPolicies, type Policy } from './compile/policy';
export { generateGovernance } from './generate-governance';
export { securedSelect, securedViews } from './local/secured-view';
export { disagreements, missingCells, type Disagreement, type Shown } from './expectations/compare';
export {
  parseExpectations,
  type Cell,
  type Environment,
  type TableExpectations,
} from './expectations/expectation-file';
export { loadExpectations } from './expectations/load-expectations';
export { showLocal } from './expectations/show-local';
