export { compilePolicies } from './compile/compile-policies';
export { inEnvironment, PRODUCTION, type DomainPolicies, type Policy } from './compile/policy';
export { generateGovernance } from './generate-governance';
export { securedSelect, securedViews, sessionMacros } from './local/secured-view';
