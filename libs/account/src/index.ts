export { loadAccount, type AccountDeclaration, type Profile } from './declaration';
export type { DeclaredAccount } from './account-model';
export { declareAccount } from './declared-account';
export { accountFiles } from './sql/account-files';
export { creditsPerMonth } from './sql/profile';
