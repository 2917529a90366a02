import { setTimeout as sleep } from 'node:timers/promises';
import {
  readLines,
  recoverOrder,
  type RecoverOrder,
  type RecoverResult,
  type RecoverWord,
} from '@das/collector-link';
import {
  asFailure,
  Failure,
  RecordProbe,
  recoverChannel,
  systemClock,
  type KeyProvider,
  type Sink,
  type Source,
} from '@das/pipeline';
import { readKeys } from '../create-sealer';
import { createSink } from '../create-sink';
import { createSource } from '../create-source';
import type { CommandParts } from './command';

const LOOK_MS = 100;

/** Joins the source as the collector does, and gives channels that were lost their offset tokens again. */
export async function recover(parts: CommandParts): Promise<void> {
  const { declaration, config, input } = parts;
  const say = (word: RecoverWord): Promise<void> => parts.say(word);
  const keys = await readKeys(config);
  const source = createSource(declaration, config);
  const sink = createSink(declaration, config);
  await say({ source: source.name });
  const order = await readOrder(input);
  try {
    const recovery = new Recovery(order, { ...parts, keys, source, sink, say });
    await recovery.run();
  } finally {
    await source.stop();
    await sink.stop();
  }
  await say({ done: true });
}

async function readOrder(input: CommandParts['input']): Promise<RecoverOrder> {
  for await (const line of readLines(input)) return recoverOrder.parse(JSON.parse(line));
  throw new Failure('unknown', 'no_order', 'nobody said what to recover');
}

interface RecoveryParts extends Omit<CommandParts, 'say'> {
  readonly keys: KeyProvider;
  readonly source: Source;
  readonly sink: Sink;
  readonly say: (word: RecoverWord) => Promise<void>;
}

class Recovery {
  private readonly done = new Set<string>();
  private readonly working = new Set<string>();
  /** Every partition that something is to be said about. */
  private readonly expected: Set<string>;
  private failure: Failure | undefined;

  constructor(
    private readonly order: RecoverOrder,
    private readonly parts: RecoveryParts,
  ) {
    const { partition, witnesses } = order;
    this.expected = new Set(partition === undefined ? witnesses.map((one) => one.partition) : [partition]);
  }

  async run(): Promise<void> {
    const { source } = this.parts;
    await source.start(
      (partition) => {
        const probe = new RecordProbe(partition, source, systemClock);
        if (this.isWanted(partition.id)) void this.recover(probe);
        return probe;
      },
      (failure) => {
        if (failure !== undefined && failure.kind !== 'transient') this.failure = failure;
      },
    );
    const endMs = Date.now() + this.order.waitSeconds * 1000;
    while (this.working.size > 0 || this.missing().length > 0) {
      if (this.failure !== undefined) throw this.failure;
      if (Date.now() > endMs && this.working.size === 0) break;
      await sleep(LOOK_MS);
    }
    for (const partition of this.missing()) {
      await this.tell({
        partition,
        outcome: 'refused',
        code: 'partition_held',
        message: 'another member of the group holds the partition, or it does not exist any more',
        cure: 'stop the collector, then run this again',
      });
    }
  }

  private isWanted(id: string): boolean {
    return this.order.partition === undefined || this.order.partition === id;
  }

  private missing(): readonly string[] {
    return [...this.expected].filter((id) => !this.done.has(id));
  }

  private async recover(probe: RecordProbe): Promise<void> {
    const { declaration, keys, sink } = this.parts;
    const { id } = probe.partition;
    const { fromCheckpoint, dryRun, witnesses } = this.order;
    this.expected.add(id);
    this.working.add(id);
    try {
      const recovered = await recoverChannel({
        collector: declaration.name,
        contract: declaration.contracts[0],
        sink,
        keys,
        probe,
        witness: witnesses.find(({ partition }) => partition === id),
        fromCheckpoint,
        dryRun,
      });
      await this.tell({ partition: id, ...recovered });
    } catch (thrown) {
      const { kind, code, message, cure } = asFailure(thrown);
      // It may be assigned again; if it is not, it counts as held.
      if (code === 'not_owner') return;
      if (kind === 'unknown') this.failure = asFailure(thrown);
      await this.tell({
        partition: id,
        outcome: 'refused',
        code,
        message,
        ...(cure !== undefined && { cure }),
      });
    } finally {
      this.working.delete(id);
    }
  }

  private async tell(result: RecoverResult): Promise<void> {
    this.done.add(result.partition);
    await this.parts.say({ result });
  }
}
