import { ContractError, parseContracts, type OdcsDocument } from '@das/contracts';
import { FindingsError } from '../findings-error';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { readFolder } from './read-tree';

/**
 * Every contract below a folder.
 * @throws UsageError where there is none; FindingsError where they are not sound, which was told
 */
export function readContracts(folder: string, terminal: Terminal): readonly OdcsDocument[] {
  const tree = readFolder(folder);
  const texts = [...tree].filter(([path]) => path.endsWith('.odcs.yaml')).map(([, text]) => text);
  if (texts.length === 0)
    throw new UsageError(`there is no contract in ${folder}: name the folder with --contracts`);
  try {
    return parseContracts(texts);
  } catch (thrown) {
    if (!(thrown instanceof ContractError)) throw thrown;
    for (const line of thrown.message.split('\n')) terminal.alarm(line);
    throw new FindingsError();
  }
}
