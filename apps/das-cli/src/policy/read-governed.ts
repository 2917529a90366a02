import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, loadAccess, type AccessBook, type OdcsDocument } from '@das/contracts';
import { loadExpectations, type TableExpectations } from '@das/governance';
import { readContracts } from '../contract/read-contracts';
import { FindingsError } from '../findings-error';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';

/** What people write of who sees what. */
export interface Governed {
  readonly documents: readonly OdcsDocument[];
  readonly access: AccessBook;
  readonly expected: readonly TableExpectations[];
}

/**
 * Contracts, roles, policies and expectations below a folder.
 * @throws UsageError where they are not there; FindingsError where they are not sound, which was told
 */
export function readGoverned(folder: string, terminal: Terminal): Governed {
  const documents = readContracts(folder, terminal);
  if (!existsSync(join(folder, 'roles.yaml')))
    throw new UsageError(
      `there is no roles.yaml in ${folder}: name the folder of contracts with --contracts`,
    );
  try {
    return { documents, access: loadAccess(folder), expected: loadExpectations(folder) };
  } catch (thrown) {
    if (!(thrown instanceof ContractError)) throw thrown;
    for (const line of thrown.message.split('\n')) terminal.alarm(line);
    throw new FindingsError();
  }
}
