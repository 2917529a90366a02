export { loadAccount, type AccountDeclaration, type Profile } from './declaration';
export { declareAccount, type DeclaredAccount } from './declared-account';
export { accountFiles } from './sql/account-files';
export { creditsPerMonth } from './sql/profile';
