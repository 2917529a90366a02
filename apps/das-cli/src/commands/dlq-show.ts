import type { Command } from 'commander';
import type { StreamContract } from '@das/contracts';
import { createClaimDirectory, createUnsealer, type DeadRecord } from '@das/dead-letters';
import { openKeys } from '@das/keys';
import { Phi } from '@das/phi';
import { Failure } from '@das/pipeline';
import type { CliContext } from '../context';
import { audit } from '../dead-letters/audit-trail';
import { auditQuery, listQuery, replaysQuery } from '../dead-letters/dead-letter-sql';
import { errorsText, LISTED_COLUMNS, toDeadLetter, type DeadLetter } from '../dead-letters/dead-letter';
import { readSecrets } from '../settings';
import { streamOfId } from '../streams';
import { UsageError } from '../usage-error';
import { withWarehouse, type Reader } from '../with-warehouse';

const EXAMPLES = `
What was refused is shown only with --reveal and the key (PHI_KEY_FILE, and DAS_CLAIM_DIR for what did not fit
into its row), and only once the audit of it is committed.

Examples:
  das dlq show kafka:orders.v1/1/3/12345
  das dlq show kafka:orders.v1/1/3/12345 --reveal --because 'incident 7: which field is wrong'
`;

interface ShowOptions {
  readonly reveal?: boolean;
  readonly because?: string;
  readonly json?: boolean;
}

type Texts = Readonly<Record<string, string | number | null>>;

/** What is known of a dead letter without its key. */
interface Shown extends DeadLetter {
  readonly recordHash: string;
  readonly traceId: string | null;
  readonly replays: readonly Texts[];
  readonly audit: readonly Texts[];
}

export function addShow(dlq: Command, context: CliContext): void {
  dlq
    .command('show')
    .description('One dead letter: why it was refused, and what became of it.')
    .argument('<id>', 'as das dlq list shows it')
    .option('--reveal', 'decrypt what was refused; this is audited')
    .option('--because <text>', 'why it is revealed, for the audit')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, options: ShowOptions) => {
      if (options.reveal === true && options.because === undefined)
        throw new UsageError('--reveal needs --because: it is audited');
      const contract = streamOfId(id, context.contracts);
      await withWarehouse(context, async (reader) => {
        const shown = await read(id, contract, reader);
        const revealed =
          options.reveal === true ? await reveal(id, contract, options.because, reader, context) : undefined;
        print(shown, revealed, options.json === true, context);
      });
    });
}

async function read(id: string, contract: StreamContract, reader: Reader): Promise<Shown> {
  const columns = [...LISTED_COLUMNS, 'RECORD_HASH', 'TRACE_ID'];
  const [row] = await reader.all(listQuery(contract, { ids: [id] }, { columns, state: undefined, limit: 1 }));
  if (row === undefined) throw notThere(contract);
  const replays = await reader.all(replaysQuery(contract, id));
  const deeds = await reader.all(auditQuery(contract, id));
  return {
    ...toDeadLetter(row, contract),
    recordHash: String(row.RECORD_HASH),
    traceId: row.TRACE_ID === null ? null : String(row.TRACE_ID),
    replays: replays.map((replay) => ({
      id: String(replay.ID),
      outcome: String(replay.OUTCOME),
      reason: replay.DEAD_REASON === null ? null : String(replay.DEAD_REASON),
      ingestedAt: String(replay.INGESTED_AT),
      contractVersion: String(replay.CONTRACT_VERSION),
    })),
    audit: deeds.map((deed) => ({
      at: String(deed.AT),
      actor: String(deed.ACTOR),
      action: String(deed.ACTION),
      reason: deed.REASON === null ? null : String(deed.REASON),
    })),
  };
}

/** What was refused, in clear. */
type Revealed = ReturnType<typeof readable>;

/** The key first, since nothing is audited that cannot be done; then the audit; only then the payload. */
async function reveal(
  id: string,
  contract: StreamContract,
  reason: string | undefined,
  reader: Reader,
  context: CliContext,
): Promise<Phi<Revealed>> {
  const { PHI_KEY_FILE: keyFile, DAS_CLAIM_DIR: claimDir } = readSecrets(context.env);
  const keys = await openKeys(keyFile);
  keys.current('dead-letter');
  await audit(contract, [{ action: 'reveal', record: id, reason }], context);
  const columns = [
    'DEAD_PAYLOAD',
    'SOURCE',
    'SOURCE_EPOCH',
    'SOURCE_PARTITION',
    'SOURCE_OFFSET',
    'INGESTED_AT',
  ];
  const [row] = await reader.all(listQuery(contract, { ids: [id] }, { columns, state: undefined, limit: 1 }));
  if (row === undefined) throw notThere(contract);
  const claims = claimDir === undefined ? undefined : createClaimDirectory(claimDir);
  const record = createUnsealer({ keys, claims }).unseal(String(row.DEAD_PAYLOAD), {
    source: String(row.SOURCE),
    epoch: Number(row.SOURCE_EPOCH),
    partition: String(row.SOURCE_PARTITION),
    position: String(row.SOURCE_OFFSET),
  });
  return new Phi(readable(record));
}

/** Text where it is text, else base64. */
function readable({ key, value, headers }: DeadRecord) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const text = (bytes: Uint8Array | null): string | { readonly base64: string } | null => {
    if (bytes === null) return null;
    try {
      return decoder.decode(bytes);
    } catch {
      return { base64: Buffer.from(bytes).toString('base64') };
    }
  };
  return { key: text(key), value: text(value), headers: headers.map(([name, bytes]) => [name, text(bytes)]) };
}

function print(
  shown: Shown,
  revealed: Phi<Revealed> | undefined,
  asJson: boolean,
  { terminal }: CliContext,
): void {
  if (asJson) {
    const all = { ...shown, ...(revealed && { revealed: revealed.reveal() }) };
    terminal.print(`${JSON.stringify(all)}\n`);
    return;
  }
  const { errors, replays, audit: deeds, ...plain } = shown;
  const line = (name: string, text: string): void => {
    terminal.print(`${name.padEnd(16)} ${text}\n`);
  };
  for (const [name, value] of Object.entries(plain)) if (value !== null) line(name, value);
  if (errors.length > 0) line('errors', errorsText(shown));
  for (const one of [...replays.map((replay) => ({ what: 'replayed', ...replay })), ...deeds])
    line(
      'what' in one ? 'replay' : 'audit',
      Object.values(one)
        .filter((value) => value !== null)
        .join('  '),
    );
  // As JSON, so that no control character reaches the terminal.
  for (const [name, value] of Object.entries(revealed?.reveal() ?? {})) line(name, JSON.stringify(value));
}

function notThere({ stream }: StreamContract): Failure {
  return new Failure('data', 'no_such_dead_letter', `${stream} has no such dead letter`, {
    cure: 'das dlq list --all lists them',
  });
}
