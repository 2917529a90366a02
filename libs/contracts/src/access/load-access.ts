import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractText } from '../read-yaml';
import { ACCESS_FILES, parseAccess, type AccessBook } from './access-book';

/** @param folder - the folder `contracts`. @throws ContractError with everything that is wrong */
export function loadAccess(folder: string): AccessBook {
  const textOf = (name: string): ContractText => {
    const file = join(folder, name);
    return { file, text: readFileSync(file, 'utf8') };
  };
  return parseAccess({
    roles: textOf(ACCESS_FILES.roles),
    masking: textOf(ACCESS_FILES.masking),
    rowAccess: textOf(ACCESS_FILES.rowAccess),
    constraints: textOf(ACCESS_FILES.constraints),
  });
}
