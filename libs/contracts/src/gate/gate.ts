import { bumpOf, type DiffFinding } from '../diff/diff-finding';
import { diffTrees, type ContractTree } from '../diff/diff-trees';
import { custom, rawOf, rawsOf, textOf, textsOf, type Raw } from '../diff/raw';
import type { Bump } from '../diff/rules';
import { lintTree } from '../lint-tree';
import { formatFinding } from '../finding';
import { approvalFaults } from './approvals';
import { approvalPath, approvalTemplate, digestOf } from './approval';
import { read, type Change, type GateFault, type GateOptions } from './change';
import { checkSunset } from './sunset';

/** Whom a breaking change touches. */
export interface Touched {
  readonly contract: string;
  readonly consumers: readonly {
    readonly role: string;
    readonly purpose: string;
    readonly contact: string;
  }[];
  /** Contracts that are made from it, at any depth. */
  readonly downstream: readonly string[];
}

export interface GateResult {
  readonly passes: boolean;
  readonly faults: readonly GateFault[];
  readonly findings: readonly DiffFinding[];
  readonly touched: readonly Touched[];
  /** Approvals that are missing: path below `contracts/`, and text to be filled in. */
  readonly templates: readonly { readonly path: string; readonly text: string }[];
}

/** Whether a change of contracts, roles and policies may be merged. */
export function gate(base: ContractTree, head: ContractTree, options: GateOptions): GateResult {
  const { findings } = diffTrees(base, head);
  const faults: GateFault[] = lintTree(head, options.today).map((finding) => ({
    contract: finding.file,
    rule: 'LINT',
    message: formatFinding(finding),
    cure: 'mend it: das contract lint',
  }));
  const templates: GateResult['templates'][number][] = [];
  const touched: Touched[] = [];
  for (const contract of new Set(findings.map((finding) => finding.contract))) {
    const own = findings.filter((finding) => finding.contract === contract);
    const change = changeOf(contract, base, head);
    faults.push(...versionFaults(change, own), ...checkSunset(change, own, { ...options, head }));
    const breaking = own.filter((finding) => finding.breaking);
    if (breaking.length === 0) continue;
    touched.push({ contract, consumers: consumersOf(change.before), downstream: downstreamOf(change, base) });
    const digest = digestOf(change.before, change.after);
    const missing = approvalFaults(change, digest, { base, head, today: options.today });
    faults.push(...missing);
    if (missing.length > 0)
      templates.push({
        path: approvalPath(contract, digest),
        text: approvalTemplate(contract, digest, [...new Set(breaking.map(({ rule }) => rule))]),
      });
  }
  return { passes: faults.length === 0, faults, findings, touched, templates };
}

/** A contract that has moved is found by its id. */
function changeOf(contract: string, base: ContractTree, head: ContractTree): Change {
  const path = contract.endsWith('.yaml') ? contract : `${contract}.odcs.yaml`;
  const after = read(head, path);
  const before =
    read(base, path) ??
    [...base.keys()]
      .map((other) => read(base, other))
      .find((other) => after?.id !== undefined && other?.id === after.id);
  return { contract, before, after };
}

function versionFaults(
  { contract, before, after }: Change,
  own: readonly DiffFinding[],
): readonly GateFault[] {
  const bump = bumpOf(own);
  if (before?.version === undefined || after?.version === undefined || bump === undefined) return [];
  const least = bumped(textOf(before.version), bump);
  if (!isBelow(textOf(after.version), least)) return [];
  return [
    {
      contract,
      rule: 'VERSION',
      message: `the version is ${textOf(after.version)}, and what changed needs a ${bump} one`,
      cure: `set version: ${least}`,
    },
  ];
}

function bumped(version: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (bump === 'major') return `${major + 1}.0.0`;
  return bump === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

function isBelow(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (const index of [0, 1, 2]) {
    const [left = Number.NaN, right = 0] = [a[index], b[index]];
    // What is no number is no version, and below every one.
    if (Number.isNaN(left)) return true;
    if (left !== right) return left < right;
  }
  return a.length !== 3;
}

function consumersOf(contract: Raw | undefined): Touched['consumers'] {
  return rawsOf(custom(rawOf(contract), 'das.consumers')).map(({ role, purpose, contact }) => ({
    role: String(role),
    purpose: String(purpose),
    contact: String(contact),
  }));
}

/** By lineage: who reads what it writes, and who reads that. */
function downstreamOf({ before }: Change, base: ContractTree): readonly string[] {
  const contracts = [...base.keys()]
    .filter((path) => path.endsWith('.odcs.yaml'))
    .map((path) => ({
      name: path.replace(/\.odcs\.yaml$/, ''),
      lineage: rawOf(custom(rawOf(read(base, path)), 'das.lineage')),
    }));
  const reached = new Set<string>();
  const tables = new Set(textsOf(rawOf(custom(rawOf(before), 'das.lineage')).outputs));
  // A set is walked in the order of insertion, what is added on the way included.
  for (const table of tables)
    for (const { name, lineage } of contracts) {
      if (reached.has(name) || !textsOf(lineage.inputs).includes(table)) continue;
      reached.add(name);
      for (const output of textsOf(lineage.outputs)) tables.add(output);
    }
  return [...reached];
}
