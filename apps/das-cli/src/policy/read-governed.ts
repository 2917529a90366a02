import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, loadAccess, type AccessBook, type OdcsDocument } from '@das/contracts';
import { loadExpectations, loadShareExpectations, type TableExpectations } from '@das/governance';
import { readContracts } from '../contract/read-contracts';
import { FindingsError } from '../findings-error';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';

/**
 * Contracts, and the roles and policies that they name, below a folder.
 * @throws UsageError where they are not there; FindingsError where they are not sound, which was told
 */
export function readGoverned(
  folder: string,
  terminal: Terminal,
): { readonly documents: readonly OdcsDocument[]; readonly access: AccessBook } {
  const documents = readContracts(folder, terminal);
  if (!existsSync(join(folder, 'roles.yaml')))
    throw new UsageError(
      `there is no roles.yaml in ${folder}: name the folder of contracts with --contracts`,
    );
  return { documents, access: sound(() => loadAccess(folder), terminal) };
}

/** What people expect each role to see. @throws FindingsError where it cannot be understood, which was told */
export function readExpectations(folder: string, terminal: Terminal): readonly TableExpectations[] {
  return sound(() => loadExpectations(folder), terminal);
}

/** What people expect accounts outside to see by shares. @throws as `readExpectations` */
export function readShareExpectations(folder: string, terminal: Terminal): readonly TableExpectations[] {
  return sound(() => loadShareExpectations(folder), terminal);
}

function sound<T>(read: () => T, terminal: Terminal): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof ContractError)) throw thrown;
    for (const line of thrown.message.split('\n')) terminal.alarm(line);
    throw new FindingsError();
  }
}
