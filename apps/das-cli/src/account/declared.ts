import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { declareAccount, loadAccount, type DeclaredAccount } from '@das/account';
import { loadAccess, loadContracts } from '@das/contracts';
import { UsageError } from '../usage-error';

/** The account that the files below a folder declare. @throws UsageError, ContractError */
export function readDeclared(contracts: string): DeclaredAccount {
  let names: readonly string[];
  try {
    names = readdirSync(contracts, { recursive: true, encoding: 'utf8' });
  } catch {
    throw new UsageError(`the folder ${contracts} cannot be read: name that of the contracts by --contracts`);
  }
  const files = names.filter((name) => name.endsWith('.odcs.yaml')).sort();
  if (files.length === 0) throw new UsageError(`there is no contract (*.odcs.yaml) below ${contracts}`);
  const documents = loadContracts(files.map((name) => join(contracts, name)));
  return declareAccount(documents, loadAccess(contracts), loadAccount(contracts));
}
