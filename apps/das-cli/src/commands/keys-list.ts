import type { Command } from 'commander';
import type { StreamContract } from '@das/contracts';
import { readRing, type RingEntry } from '@das/keys';
import { purposesOf } from '@das/phi';
import { alignedLines } from '../aligned-lines';
import type { CliContext } from '../context';
import { ringPath } from '../keys/ring';

const EXAMPLES = `
States: in use; earlier (it still reads, or later keys are layered on it); pending (a re-keying will use it).
No key is opened for this, and none is shown.

Examples:
  das keys list
  das keys list --json | jq -r '.[] | select(.state == "in use") | .id'
`;

/** What is told of a key. */
interface ListedKey {
  readonly purpose: string;
  readonly id: string;
  readonly state: 'in use' | 'earlier' | 'pending';
  readonly created: string | null;
  /** Undefined in a ring that says no time. */
  readonly ageDays: number | null;
  /** The ARN of the KMS key that wraps it; null: in clear, in the file. */
  readonly wrappedBy: string | null;
  /** Streams that need a key of this purpose. */
  readonly streams: readonly string[];
}

export function addKeysList(keys: Command, context: CliContext): void {
  keys
    .command('list')
    .description('What the key ring holds, and which streams use it.')
    .option('--json', 'one JSON array')
    .addHelpText('after', EXAMPLES)
    .action((options: { readonly json?: boolean }) => {
      const { terminal, contracts, env } = context;
      const listed = listKeys(readRing(ringPath(env)), contracts, Date.now());
      terminal.print(options.json === true ? `${JSON.stringify(listed)}\n` : textOf(listed));
    });
}

function listKeys(
  ring: readonly RingEntry[],
  contracts: readonly StreamContract[],
  nowMs: number,
): readonly ListedKey[] {
  return ring.map(({ purpose, id, state, created, kmsKey }) => {
    const last = ring.filter((key) => key.purpose === purpose && key.state === 'active').at(-1);
    return {
      purpose,
      id,
      state: state === 'pending' ? 'pending' : last?.id === id ? 'in use' : 'earlier',
      created: created ?? null,
      ageDays: created === undefined ? null : Math.floor((nowMs - Date.parse(created)) / 86_400_000),
      wrappedBy: kmsKey ?? null,
      streams: contracts.filter((contract) => isUsedBy(purpose, contract)).map(({ stream }) => stream),
    };
  });
}

function isUsedBy(purpose: string, contract: StreamContract): boolean {
  return ['dead-letter', 'record-hash', ...purposesOf(contract)].includes(purpose);
}

function textOf(listed: readonly ListedKey[]): string {
  const lines = listed.map(({ purpose, id, state, ageDays, wrappedBy, streams }) => [
    purpose,
    id,
    state,
    ageDays === null ? '-' : `${ageDays} d`,
    wrappedBy ?? 'in clear',
    streams.join(' ') || '-',
  ]);
  const head = ['PURPOSE', 'ID', 'STATE', 'AGE', 'WRAPPED BY', 'STREAMS'];
  return `${alignedLines([head, ...lines], '').join('\n')}\n`;
}
