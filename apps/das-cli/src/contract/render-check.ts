import type { GateResult } from '@das/contracts';
import { diffMarkdown } from './render-diff';

/** For people: what keeps it from being merged, and whom it touches. */
export function checkText({ passes, faults, findings, touched }: GateResult): string {
  const lines = faults.map(
    ({ contract, rule, message, cure }) => `${contract}: ${rule} ${message}\n    cure: ${cure}`,
  );
  const breaking = findings.filter((one) => one.breaking);
  const changes = breaking.map(({ rule, path, message }) => `  ${rule}  ${path}: ${message}`);
  const told = touched.flatMap(({ contract, consumers, downstream }) => [
    ...consumers.map(({ role, purpose, contact }) => `  ${contract}: ${role} for ${purpose}, ${contact}`),
    ...downstream.map((name) => `  ${contract}: ${name} is made from it`),
  ]);
  return [
    ...lines,
    ...(changes.length === 0 ? [] : ['breaking changes:', ...changes]),
    ...(told.length === 0 ? [] : ['they touch:', ...told]),
    passes ? `${findings.length} changes, all in order` : `${faults.length} things are missing`,
    '',
  ].join('\n');
}

export function checkMarkdown(result: GateResult): string {
  const { passes, faults, touched } = result;
  const text = (value: string): string => value.replaceAll(/[\\|`*_<>[\]]/g, '\\$&').replaceAll('\n', ' ');
  const missing = faults.map(
    ({ contract, rule, message, cure }) =>
      `- **${rule}** ${text(contract)}: ${text(message)}. *${text(cure)}*`,
  );
  const told = touched.flatMap(({ contract, consumers }) =>
    consumers.map(
      ({ role, purpose, contact }) =>
        `- ${text(contract)}: ${text(role)} for ${text(purpose)}, ${text(contact)}`,
    ),
  );
  return [
    passes ? '### Contract gate: passes' : '### Contract gate: does not pass',
    '',
    ...missing,
    ...(told.length === 0 ? [] : ['', 'Touches:', '', ...told]),
    '',
    diffMarkdown(
      result.findings.length === 0
        ? { breaking: false, findings: [] }
        : { breaking: result.findings.some((one) => one.breaking), findings: result.findings },
    ),
  ].join('\n');
}
