export { loadAccount } from './declaration';
export { PROFILES, type AccountDeclaration, type Profile } from './declaration-schema';
export type { DeclaredAccount } from './account-model';
export { declareAccount } from './declared-account';
export { accountFiles } from './sql/account-files';
export { drift, mendingStatements, type DriftFinding } from './drift/compare';
export { followUps, questions } from './drift/interview';
export { readSnapshot, type Snapshot, type SnapshotRow } from './drift/snapshot';
export { creditsPerMonth } from './sql/profile';
