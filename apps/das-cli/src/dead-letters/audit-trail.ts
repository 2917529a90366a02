import type { StreamContract } from '@das/contracts';
import { writeAudit, type AuditEntry } from '@das/dead-letters';
import { asFailure } from '@das/pipeline';
import type { CliContext } from '../context';
import { actor, openSink } from '../settings';
import { auditTable } from './dead-letter-sql';

/** Longest wait for an audit's commit. */
const PATIENCE_MS = 30_000;

export type Deed = Omit<AuditEntry, 'actor' | 'stream'>;

/** Writes down who did what, and returns once it is committed. @throws Failure */
export async function audit(
  contract: StreamContract,
  deeds: readonly Deed[],
  { env, signal, terminal }: CliContext,
): Promise<void> {
  const who = { actor: actor(env), stream: contract.stream };
  const sink = openSink(env, auditTable(contract));
  try {
    const channel = await writeAudit(
      sink,
      deeds.map((deed) => ({ ...deed, ...who })),
      { patienceMs: PATIENCE_MS, signal },
    );
    // A pipe holds a bounded number of channels; one that is left goes by itself after 30 days.
    await sink.drop(channel).catch((thrown: unknown) => {
      terminal.note(`the audit's channel was left behind (${asFailure(thrown).code})`);
    });
  } finally {
    await sink.stop();
  }
}
