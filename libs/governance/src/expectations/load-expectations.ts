import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, type ContractText, type Finding } from '@das/contracts';
import { parseExpectations, parseShareExpectations, type TableExpectations } from './expectation-file';

/**
 * The expectations of every domain below the folder `contracts`.
 * @throws ContractError with everything that is wrong
 */
export function loadExpectations(folder: string): readonly TableExpectations[] {
  return load(folder, /[\\/]expectations[\\/][^\\/]+\.yaml$/, parseExpectations);
}

/** As `loadExpectations`, of what accounts outside see by shares. */
export function loadShareExpectations(folder: string): readonly TableExpectations[] {
  return load(folder, /[\\/]expectations[\\/]shares[\\/][^\\/]+\.yaml$/, parseShareExpectations);
}

function load(
  folder: string,
  wanted: RegExp,
  parse: (source: ContractText) => TableExpectations,
): readonly TableExpectations[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .sort();
  const findings: Finding[] = [];
  const tables = files.flatMap((name) => {
    const file = join(folder, name);
    try {
      return [parse({ file, text: readFileSync(file, 'utf8') })];
    } catch (thrown) {
      if (!(thrown instanceof ContractError)) throw thrown;
      findings.push(...thrown.findings);
      return [];
    }
  });
  if (findings.length > 0) throw new ContractError(findings);
  return tables;
}
