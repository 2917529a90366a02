import { ACCESS_FILES, parseAccess } from './access/access-book';
import { checkContractAccess, checkRoles } from './access/check-access';
import { roleBook } from './access/roles';
import type { ContractTree } from './diff/diff-trees';
import { ContractError, type Finding } from './finding';
import { parsePlaced } from './load-contract';
import { checkShareDays } from './shares/check-shares';
import { readYaml, type ContractText } from './read-yaml';

/**
 * Everything that is wrong with contracts, roles and policies, for themselves and together.
 * @param today - `YYYY-MM-DD`: what has ended by then is wrong, too
 */
export function lintTree(tree: ContractTree, today: string): readonly Finding[] {
  const contracts = [...tree].filter(([path]) => path.endsWith('.odcs.yaml')).map(([, text]) => text);
  const findings: Finding[] = [];
  const attempt = <T>(what: () => T): T | undefined => {
    try {
      return what();
    } catch (thrown) {
      if (!(thrown instanceof ContractError)) throw thrown;
      findings.push(...thrown.findings);
      return undefined;
    }
  };
  const placed = attempt(() => parsePlaced(contracts));
  const textOf = (path: string): ContractText => tree.get(path) ?? { file: path, text: '' };
  const access = attempt(() =>
    parseAccess({
      roles: textOf(ACCESS_FILES.roles),
      masking: textOf(ACCESS_FILES.masking),
      rowAccess: textOf(ACCESS_FILES.rowAccess),
      constraints: textOf(ACCESS_FILES.constraints),
    }),
  );
  if (placed === undefined || access === undefined) return findings;
  const documents = placed.map(({ document }) => document);
  for (const { document, place } of placed)
    findings.push(
      ...[...checkContractAccess(document, access, documents), ...checkShareDays(document, today)].map(place),
    );
  const reading = readYaml(textOf(ACCESS_FILES.roles), roleBook);
  if ('value' in reading) findings.push(...checkRoles(access, documents).map(reading.place));
  return findings;
}
