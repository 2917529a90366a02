import { randomUUID } from 'node:crypto';
import { systemClock, Failure, type Clock, type Sink } from '@das/pipeline';

/** What was done, by whom and why: a row of `"<DB>"."OPS"."DEAD_LETTER_AUDIT"`. */
export interface AuditEntry {
  readonly actor: string;
  readonly action: 'discard' | 'reveal' | 'replay';
  readonly stream: string;
  /** The dead letter; a replay has none, since its rows have REPLAY_OF. */
  readonly record?: string;
  /** What was asked for. */
  readonly selection?: Readonly<Record<string, unknown>>;
  readonly reason?: string | undefined;
}

export interface AuditOptions {
  /** Longest wait for the commit, milliseconds. */
  readonly patienceMs: number;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

const CHANNEL = 'das-cli__dead-letter-audit';

/**
 * Writes entries, and returns once they are committed. The channel is new: two people at once do not fence each
 * other.
 * @returns the channel, for the caller to drop
 * @throws Failure also when the commit did not come in time; the entries may then have been written
 */
export async function writeAudit(
  sink: Sink,
  entries: readonly AuditEntry[],
  { patienceMs, clock = systemClock, signal }: AuditOptions,
): Promise<string> {
  throwIfAborted(signal);
  const name = `${CHANNEL}__${randomUUID()}`;
  let settle: { resolve: () => void; reject: (failure: Failure) => void } | undefined;
  const lastToken = String(entries.length);
  const committed = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Also where the append below fails first.
  committed.catch(() => undefined);
  const channel = await sink.open(name, {
    status: ({ committedToken, rowsRejected }) => {
      if (rowsRejected > 0) settle?.reject(rejected());
      else if (committedToken === lastToken) settle?.resolve();
    },
    failed: (failure) => settle?.reject(failure),
  });
  const cancel = clock.after(patienceMs, () => settle?.reject(overdue()));
  const onAbort = (): void => settle?.reject(interrupted());
  signal?.addEventListener('abort', onAbort);
  try {
    throwIfAborted(signal);
    let done = 0;
    for (const { rows, rowCount } of batches(entries, sink.limits.maxAppendBytes, clock)) {
      const startToken = String(done + 1);
      done += rowCount;
      // `committed` fails when it takes too long, or is not wanted any more.
      const appended = channel.append({ rows, rowCount, startToken, endToken: String(done) });
      appended.catch(() => undefined);
      await Promise.race([appended, committed]);
      await appended;
    }
    await committed;
  } finally {
    cancel();
    signal?.removeEventListener('abort', onAbort);
    channel.close();
  }
  return name;
}

/** Lines of NDJSON, each batch within one append. */
function* batches(
  entries: readonly AuditEntry[],
  maxBytes: number,
  clock: Clock,
): Generator<{ readonly rows: Uint8Array; readonly rowCount: number }> {
  let lines: string[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const line = `${JSON.stringify(toRow(entry, clock))}\n`;
    const length = Buffer.byteLength(line);
    if (bytes + length > maxBytes && lines.length > 0) {
      yield { rows: Buffer.from(lines.join('')), rowCount: lines.length };
      lines = [];
      bytes = 0;
    }
    lines.push(line);
    bytes += length;
  }
  if (lines.length > 0) yield { rows: Buffer.from(lines.join('')), rowCount: lines.length };
}

function toRow({ actor, action, stream, record, selection, reason }: AuditEntry, clock: Clock) {
  return {
    AUDIT_ID: randomUUID(),
    AT: new Date(clock.now()).toISOString(),
    ACTOR: actor,
    ACTION: action,
    STREAM: stream,
    RECORD: record,
    SELECTION: selection,
    REASON: reason,
  };
}

function interrupted(): Failure {
  return new Failure('transient', 'interrupted', 'interrupted');
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw interrupted();
}

function rejected(): Failure {
  return new Failure('setup', 'audit_rejected', 'the audit table refused a row', {
    cure: 'bring the table DEAD_LETTER_AUDIT up to the DDL in sql/ops',
  });
}

function overdue(): Failure {
  return new Failure('transient', 'audit_overdue', 'the audit was not committed in time', {
    cure: 'see that the ingest endpoint commits, then do this again',
  });
}
