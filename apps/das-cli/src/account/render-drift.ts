import type { DriftFinding } from '@das/account';

/** A few lines for each finding, the worst first. */
export function renderDrift(findings: readonly DriftFinding[]): string {
  if (findings.length === 0) return 'The account is as it is declared.\n';
  const lines = findings.flatMap(({ severity, kind, object, declared, found, statement, destructive }) => [
    `${severity.padEnd(8)}  ${kind}: ${object}`,
    `          ${explained(declared, found)}`,
    `          ${oneLine(statement)}${destructive ? '  (destructive)' : ''}`,
    '',
  ]);
  const counts = ['critical', 'high', 'medium', 'low'].flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${lines.join('\n')}${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}: ${counts.join(', ')}\n`;
}

/** Statements that mend, to be read before they are run. */
export function renderFix(findings: readonly DriftFinding[], statements: readonly string[]): string {
  const kept = findings.length - statements.length;
  return [
    `-- Mends ${statements.length} of ${findings.length} findings of das account drift.`,
    ...(kept === 0
      ? []
      : [`-- ${kept} would take something away: das account drift --destructive writes those, too.`]),
    ...statements.map((statement) => `${statement};`),
    '',
  ].join('\n');
}

const LONGEST = 160;

function explained(declared: string | null, found: string | null): string {
  if (declared === null) return 'is there, and nobody declared it';
  if (found === null) return 'is declared, and missing';
  return `is ${oneLine(found)}, declared ${oneLine(declared)}`;
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}
