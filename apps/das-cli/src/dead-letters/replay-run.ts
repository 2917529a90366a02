import { setTimeout as sleep } from 'node:timers/promises';
import {
  BeginAnew,
  replayWord,
  startCollectorCommand,
  type CollectorProcess,
  type ReplayCounts,
  type ReplayOrder as StreamOrder,
  type ReplayWord,
  type SealedLetter,
} from '@das/collector-link';
import type { StreamContract } from '@das/contracts';
import { Failure } from '@das/pipeline';
import type { Row } from '@das/warehouse';
import type { CliContext } from '../context';
import type { Reader } from '../with-warehouse';
import { listQuery } from './dead-letter-sql';
import type { Selection } from './selection';

const TRIES = 5;
const PAUSE_MS = 1_000;
const NAMED_UNREADABLE = 20;

/** What a replay's row is made from. */
const COLUMNS = [
  'SOURCE',
  'SOURCE_EPOCH',
  'SOURCE_PARTITION',
  'SOURCE_OFFSET',
  'SOURCE_TS',
  'RECORD_HASH',
  'DEAD_PAYLOAD',
  'INGESTED_AT',
];

export interface ReplayOrder {
  readonly contract: StreamContract;
  readonly bundle: string;
  readonly selection: Selection;
  readonly limit: number;
}

/**
 * Replays open dead letters through their collector. A channel that must be opened again is, a few times, and
 * the dead letters are selected again after that.
 * @throws Failure
 */
export async function replayThrough(
  order: ReplayOrder,
  reader: Reader,
  context: CliContext,
): Promise<ReplayCounts> {
  let total = NONE;
  for (let attempt = 1; ; attempt++) {
    // What an earlier try committed counts, and is not selected again.
    const run = new ReplayRun({ ...order, limit: order.limit - total.committed }, reader, context);
    try {
      return add(total, await run.done());
    } catch (thrown) {
      total = { ...total, committed: total.committed + run.committed };
      if (total.committed >= order.limit) return total;
      if (!(thrown instanceof BeginAnew) || attempt === TRIES || context.signal.aborted) throw thrown;
      context.terminal.note(`${thrown.line}: beginning anew (${attempt} of ${TRIES - 1})`);
      await sleep(PAUSE_MS, undefined, { signal: context.signal });
    }
  }
}

const NONE: ReplayCounts = {
  read: 0,
  landed: 0,
  dead: 0,
  dropped: 0,
  committed: 0,
  rejected: 0,
  unreadable: 0,
};

function add(total: ReplayCounts, counts: ReplayCounts): ReplayCounts {
  const names = Object.keys(total) as (keyof ReplayCounts)[];
  return Object.fromEntries(names.map((name) => [name, total[name] + counts[name]])) as ReplayCounts;
}

/** One start of the collector's process. */
class ReplayRun {
  private readonly child: CollectorProcess<ReplayWord>;
  private sending: Promise<void> | undefined;
  private failSending: (thrown: unknown) => void = () => undefined;
  private unreadable = 0;
  private isOver = false;
  /** Rows that it is known to have committed. */
  committed = 0;

  constructor(
    private readonly order: ReplayOrder,
    private readonly reader: Reader,
    private readonly context: CliContext,
  ) {
    const { bundle } = order;
    this.child = startCollectorCommand({ bundle, command: 'replay', env: context.env, word: replayWord });
  }

  async done(): Promise<ReplayCounts> {
    const { signal } = this.context;
    const onAbort = (): void => void this.child.stop();
    signal.addEventListener('abort', onAbort);
    try {
      const { stream } = this.order.contract;
      await this.child.say({ stream } satisfies StreamOrder);
      return await Promise.race([this.listen(), this.sendingFailed()]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.isOver = true;
      await this.child.stop();
      await this.sending;
    }
  }

  private async listen(): Promise<ReplayCounts> {
    const { terminal } = this.context;
    for await (const word of this.child.words()) {
      if ('opened' in word) this.begin();
      else if ('progress' in word) {
        this.committed = word.progress.committed;
        terminal.progress(progressOf(word.progress));
      } else if ('unreadable' in word) this.noteUnreadable(word.unreadable);
      else if ('done' in word) return word.done;
    }
    throw new Error('a child that ends before it is done is a failure');
  }

  private async sendingFailed(): Promise<never> {
    return new Promise((_, reject) => (this.failSending = reject));
  }

  /** Only now: what an earlier replay committed is seen, and it can commit no more. */
  private begin(): void {
    this.sending ??= this.send().catch((thrown: unknown) => {
      this.failSending(thrown);
    });
  }

  private async send(): Promise<void> {
    const { contract, selection, limit } = this.order;
    const query = listQuery(contract, selection, { columns: COLUMNS, state: 'open', limit });
    for await (const row of this.reader.rows(query)) {
      if (this.isOver) return;
      await this.child.say(sealedLetter(row));
    }
    this.child.end();
  }

  private noteUnreadable({ id, code }: { readonly id: string; readonly code: string }): void {
    const { terminal } = this.context;
    this.unreadable++;
    if (this.unreadable <= NAMED_UNREADABLE) terminal.note(`${id} could not be opened: ${code}`);
    if (this.unreadable === NAMED_UNREADABLE) terminal.note('others like it are counted, and not named');
  }
}

function sealedLetter(row: Row): SealedLetter {
  return {
    source: String(row.SOURCE),
    epoch: Number(row.SOURCE_EPOCH),
    partition: String(row.SOURCE_PARTITION),
    position: String(row.SOURCE_OFFSET),
    sourceTs: row.SOURCE_TS === null ? null : String(row.SOURCE_TS),
    recordHash: String(row.RECORD_HASH),
    sealed: String(row.DEAD_PAYLOAD),
  };
}

function progressOf({ read, committed }: ReplayCounts): string {
  return `replayed ${read.toLocaleString('en')}, committed ${committed.toLocaleString('en')}`;
}

/** What ended well for the process and not for every record. */
export function troubleOf({ rejected, unreadable }: ReplayCounts): Failure | undefined {
  if (rejected > 0) {
    return new Failure('data', 'rows_rejected', `the table refused ${rejected} rows of the replay`, {
      cure: 'read its error table; those dead letters are still open',
    });
  }
  if (unreadable === 0) return undefined;
  return new Failure('data', 'unreadable', `${unreadable} dead letters could not be opened`, {
    cure: 'see PHI_KEY_FILE and DAS_CLAIM_DIR; they are still open',
  });
}
