import type { ContractText } from '../read-yaml';
import { comparePolicies, compareRoles } from './compare-access';
import { compareContract } from './compare-contract';
import { compareNetwork } from './compare-network';
import { compareShares } from './compare-shares';
import { reporter, type DiffFinding, type DiffResult, type Report } from './diff-finding';
import { isPersonal } from './is-personal';
import { same, type Raw } from './raw';
import { readRaw } from './read-raw';
import type { RuleId } from './rules';

/** Everything below `contracts/` that people write: by its path below that folder. */
export type ContractTree = ReadonlyMap<string, ContractText>;

/** What changed between two states of everything that contracts, roles and policies say. */
export function diffTrees(base: ContractTree, head: ContractTree): DiffResult {
  const findings: DiffFinding[] = [];
  const paths = [...new Set([...base.keys(), ...head.keys()])].filter(isCompared).sort();
  const moved = renamed(base, head);
  for (const path of paths) {
    if (moved.has(path)) continue;
    const from = [...moved].find(([, to]) => to === path)?.[0];
    const [before, after] = [base.get(from ?? path), head.get(path)];
    // What is written as it was says what it did, and parsing takes longest.
    if (before?.text !== after?.text) compareFiles(before, after, path, findings);
  }
  return { breaking: findings.some(({ breaking }) => breaking), findings };
}

/** Two files that may have any name: of a contract each. */
export function diffTexts(base: ContractText, head: ContractText): DiffResult {
  const findings: DiffFinding[] = [];
  compareFiles(base, head, 'contract.odcs.yaml', findings);
  return { breaking: findings.some(({ breaking }) => breaking), findings };
}

function isCompared(path: string): boolean {
  return (
    path.endsWith('.odcs.yaml') ||
    path === 'roles.yaml' ||
    path === 'account.yaml' ||
    /^policies\/[^/]+\.yaml$/.test(path)
  );
}

/** A contract is its id: a file that got another name is compared with what it was. */
function renamed(base: ContractTree, head: ContractTree): ReadonlyMap<string, string> {
  const ids = (tree: ContractTree, other: ContractTree): ReadonlyMap<unknown, string> =>
    new Map(
      [...tree]
        .filter(([path]) => path.endsWith('.odcs.yaml') && !other.has(path))
        .map(([path, source]) => [readRaw(source)?.id ?? path, path]),
    );
  const [gone, fresh] = [ids(base, head), ids(head, base)];
  return new Map(
    [...gone].flatMap(([id, path]) => {
      const to = fresh.get(id);
      return to === undefined ? [] : [[path, to] as const];
    }),
  );
}

function compareFiles(
  base: ContractText | undefined,
  head: ContractText | undefined,
  path: string,
  findings: DiffFinding[],
): void {
  const file = head?.file ?? base?.file ?? path;
  const isContract = path.endsWith('.odcs.yaml');
  const name = isContract ? path.replace(/\.odcs\.yaml$/, '') : path;
  const report = reporter(name, file, findings);
  const [before, after] = [base && readRaw(base), head && readRaw(head)];
  if ((base !== undefined && before === undefined) || (head !== undefined && after === undefined)) {
    report(
      'CONSUMER_CONTRACT_UNREADABLE',
      '',
      after === undefined && head !== undefined
        ? 'the newer state is not YAML'
        : 'the older state is not YAML',
    );
    return;
  }
  if (after === undefined)
    report(isContract ? 'CONSUMER_CONTRACT_REMOVED' : 'GOVERNANCE_POLICY_CHANGED', '', 'is gone');
  else if (before === undefined) {
    report(isContract ? newContract(after) : 'GOVERNANCE_POLICY_ADDED', '', 'is new');
    if (isContract) compareShares({}, after, report);
  } else compareBy(path, before, after, report);
}

function newContract(contract: Raw): RuleId {
  return isPersonal(contract) ? 'GOVERNANCE_PERSONAL_DATA_ADDED' : 'CONSUMER_CONTRACT_ADDED';
}

function compareBy(path: string, base: Raw, head: Raw, report: Report): void {
  if (path.endsWith('.odcs.yaml')) compareContract(base, head, report);
  else if (path === 'roles.yaml') compareRoles(base, head, report);
  else if (path === 'policies/network.yaml') compareNetwork(base, head, report);
  else if (path === 'account.yaml') {
    if (!same(base, head)) report('GOVERNANCE_ACCOUNT_CHANGED', '', 'says something else');
  } else comparePolicies(base, head, report);
}
