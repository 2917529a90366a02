import { bumpOf, CATEGORIES, type DiffFinding, type DiffResult } from '@das/contracts';

/** For people: by contract, what breaks first. */
export function diffText({ findings, breaking }: DiffResult): string {
  if (findings.length === 0) return 'nothing changed\n';
  const parts = [...byContract(findings)].map(([contract, own]) => {
    const lines = own.map(
      (one) =>
        `  ${one.breaking ? 'BREAKING' : one.bump.padEnd(8)}  ${one.rule}  ${one.path}: ${one.message}`,
    );
    return `${contract} (needs a ${bumpOf(own) ?? 'patch'} version)\n${lines.join('\n')}\n`;
  });
  const count = findings.filter((one) => one.breaking).length;
  const summary = breaking
    ? `${count} of ${findings.length} changes break somebody`
    : `${findings.length} changes, none of which breaks anybody`;
  return `${parts.join('\n')}\n${summary}\n`;
}

/** As a comment in a review. */
export function diffMarkdown({ findings, breaking }: DiffResult): string {
  if (findings.length === 0) return 'No contract changed.\n';
  const heading = breaking ? '### Contracts: breaking changes' : '### Contracts: compatible changes';
  const tables = [...byContract(findings)].map(([contract, own]) => {
    const rows = own.map(
      (one) =>
        `| ${one.breaking ? '**breaking**' : one.bump} | \`${one.rule}\` | ${cell(one.path)} | ${cell(one.message)} |`,
    );
    return [
      `#### ${cell(contract)}: ${bumpOf(own) ?? 'patch'}`,
      '',
      '| | rule | where | what |',
      '|---|---|---|---|',
      ...rows,
      '',
    ].join('\n');
  });
  return `${heading}\n\n${tables.join('\n')}`;
}

function byContract(findings: readonly DiffFinding[]): ReadonlyMap<string, readonly DiffFinding[]> {
  const groups = new Map<string, DiffFinding[]>();
  for (const finding of findings)
    groups.set(finding.contract, [...(groups.get(finding.contract) ?? []), finding]);
  for (const group of groups.values()) group.sort(byWeight);
  return groups;
}

function byWeight(a: DiffFinding, b: DiffFinding): number {
  return (
    Number(b.breaking) - Number(a.breaking) || CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category)
  );
}

/** What stands in a cell of Markdown is text, whatever it holds. */
function cell(text: string): string {
  return text.replaceAll(/[\\|`*_<>[\]]/g, '\\$&').replaceAll('\n', ' ');
}
