import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, loadAccess, readYaml, type AccessBook, type ContractText } from '@das/contracts';
import { declarationFaults } from './check-declaration';
import { accountDeclaration, networkPolicies, type AccountDeclaration } from './declaration-schema';

/**
 * Reads what is declared of the account, and checks that it fits roles and networks.
 * @param folder - the folder `contracts`. @throws ContractError with everything that is wrong
 */
export function loadAccount(folder: string): AccountDeclaration {
  const textOf = (name: string): ContractText => {
    const file = join(folder, name);
    return { file, text: readFileSync(file, 'utf8') };
  };
  return parseAccount(textOf('account.yaml'), textOf('policies/network.yaml'), loadAccess(folder));
}

/** As `loadAccount`, of texts. */
export function parseAccount(
  account: ContractText,
  network: ContractText,
  access: AccessBook,
): AccountDeclaration {
  const declared = readYaml(account, accountDeclaration);
  const networks = readYaml(network, networkPolicies);
  if (!('value' in declared) || !('value' in networks))
    throw new ContractError(
      [declared, networks].flatMap((reading) => ('value' in reading ? [] : [...reading])),
    );
  const declaration = { ...declared.value, network: networks.value.policies };
  const faults = declarationFaults(declaration, access);
  if (faults.length > 0) throw new ContractError(faults.map(declared.place));
  return declaration;
}
