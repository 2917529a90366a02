import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonical } from '../diff/raw';
import { readYaml, type ContractText } from '../read-yaml';

const text = z.string().min(1);
const signed = z.strictObject({
  by: text,
  on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is no day such as 2026-11-27: put it in quotes'),
});

/** What `approvals/<contract>-<digest>.yaml` says: two people looked at exactly this change, and let it pass. */
const approval = z.strictObject({
  contract: text,
  /** Of the older and the newer state: an approval holds for no other change. */
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256'),
  steward: signed,
  security: signed,
  reason: z.string().min(20, 'is too short to tell anybody why: 20 characters at least'),
});

export type Approval = z.output<typeof approval>;

/** Identifies a change by what was and what is, whatever the order of keys and the layout. */
export function digestOf(base: unknown, head: unknown): string {
  return createHash('sha256')
    .update(`${canonical(base)}\n${canonical(head)}`)
    .digest('hex');
}

/** Below `contracts/`: beside the contract, or at the top for roles and policies. */
export function approvalPath(contract: string, digest: string): string {
  const [domain = '', name] = contract.split('/');
  const short = digest.slice(0, 12);
  if (name === undefined || contract.endsWith('.yaml'))
    return `approvals/${contract.replace(/\.yaml$/, '').replaceAll('/', '-')}-${short}.yaml`;
  return `${domain}/approvals/${name}-${short}.yaml`;
}

/** What is wrong with an approval, in words; the approval where nothing is. */
export function readApproval(source: ContractText): Approval | readonly string[] {
  const reading = readYaml(source, approval);
  return 'value' in reading
    ? reading.value
    : reading.map(({ line, path, message }) => `${source.file}:${line} ${path}: ${message}`);
}

/** To be filled in by two people. */
export function approvalTemplate(contract: string, digest: string, rules: readonly string[]): string {
  return [
    `# Approves: ${rules.join(', ')}`,
    `contract: ${contract}`,
    `digest: ${digest}`,
    "steward: { by: '', on: '' }",
    "security: { by: '', on: '' }",
    "reason: ''",
    '',
  ].join('\n');
}
