/**
 * Collectors import types from here and nothing else, so that the YAML parser stays out of their bundles: the
 * tools are behind functions that only scripts call.
 */
export { BRONZE_COLUMNS, type BronzeColumn } from './bronze-columns';
export { ContractError, formatFinding, type Finding } from './finding';
export { generate, type ContractSource, type GeneratedFile } from './generate/generate';
export { loadContract, parseContract } from './load-contract';
export type { OdcsDocument } from './odcs';
export * from './stream-contract';
export { toStreamContract } from './stream-view';
