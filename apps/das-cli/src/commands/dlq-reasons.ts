import type { DeadReason } from '@das/pipeline';
import type { Command } from 'commander';
import type { CliContext } from '../context';

/** What each reason means, and what usually cures it. */
const REASONS: Readonly<Record<DeadReason, readonly [meaning: string, cure: string]>> = {
  not_wire_format: [
    'has no schema id in front, as the registry’s clients write it',
    'the producer must mend it; discard',
  ],
  unknown_schema: ['names a schema that the registry does not have', 'register it, then replay; or discard'],
  undecodable: ['cannot be read by the schema that it names', 'the producer must mend it; discard'],
  not_utf8: ['the bytes are not UTF-8', 'the producer must mend it; discard'],
  not_json: ['not JSON', 'the producer must mend it; discard'],
  not_an_object: ['JSON, but no object', 'the producer must mend it; discard'],
  duplicate_key: ['an object names a key twice', 'the producer must mend it; discard'],
  too_deep: ['nested too deeply', 'the producer must mend it; discard'],
  too_large: ['exceeds one append', 'the producer must send less; discard'],
  unknown_version: [
    'names a contract version that the collector does not accept',
    'deploy that version, then replay',
  ],
  schema_violation: ['a property breaks the contract', 'widen the contract, then replay; or discard'],
  unknown_field: [
    'has a field that the contract does not name',
    'add the field to the contract, then replay',
  ],
  undeclared_phi: [
    'holds what looks like PHI where the contract declares none',
    'declare the property with its protection, then replay; or discard',
  ],
  too_late: ['came after the allowed lateness', 'raise the allowed lateness, then replay; or discard'],
};

const EXAMPLES = `
Examples:
  das dlq reasons
  das dlq reasons --json
`;

export function addReasons(dlq: Command, { terminal }: CliContext): void {
  dlq
    .command('reasons')
    .description('Why a record can be refused, and what usually cures it.')
    .option('--json', 'one JSON array')
    .addHelpText('after', EXAMPLES)
    .action(({ json }: { readonly json?: boolean }) => {
      const rows = Object.entries(REASONS).map(([reason, [meaning, cure]]) => ({ reason, meaning, cure }));
      const lines = rows.map(({ reason, meaning, cure }) => `${reason.padEnd(17)} ${meaning}: ${cure}`);
      terminal.print(json === true ? `${JSON.stringify(rows)}\n` : `${lines.join('\n')}\n`);
    });
}
