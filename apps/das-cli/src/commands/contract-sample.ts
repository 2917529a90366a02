import { sampleEvents, type Random } from '@das/collector-testing';
import { isStream, toStreamContract, type OdcsDocument } from '@das/contracts';
import { createJournalWriter } from '@das/source-journal';
import type { Command } from 'commander';
import { readContracts } from '../contract/read-contracts';
import type { CliContext } from '../context';
import { readCount } from '../dead-letters/selection';
import { UsageError } from '../usage-error';

const EXAMPLES = `
Synthetic events that keep the contract, made from it alone: no real person anywhere. The same seed gives the same events, but
for their times. With --journal they are appended to the stream's journal, which a collector with DAS_SOURCE=journal reads.

Examples:
  das contract sample orders_events_v1 --count 3
  das contract sample auth_events_v1 --count 1000 --journal .das/journal
`;

interface SampleOptions {
  readonly contracts: string;
  readonly count: number;
  readonly seed: number;
  readonly journal?: string;
}

export function addSample(contract: Command, { terminal }: CliContext): void {
  contract
    .command('sample')
    .description('Events that keep the contract of a stream, one JSON object a line.')
    .argument('<stream>', 'such as orders_events_v1')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .option('--count <n>', 'so many', readCount, 10)
    .option('--seed <n>', 'which ones', readCount, 1)
    .option('--journal <dir>', 'append them to the journal there, and print nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, { contracts, count, seed, journal }: SampleOptions) => {
      const streams = readContracts(contracts, terminal).filter(isStream);
      const document = streams.find((one) => one.name === name);
      if (document === undefined)
        throw new UsageError(`no such stream: ${streams.map((one) => one.name).join(', ')} exist`);
      const stream = toStreamContract(document);
      const fields = Object.fromEntries(exampleFields(document.schema[0]?.properties ?? [], []));
      const next = sampleEvents(stream, { seed, now: Date.now, fields });
      const events = Array.from({ length: count }, () => sampled(next));
      if (journal === undefined) {
        for (const event of events) terminal.print(`${JSON.stringify(event)}\n`);
        return;
      }
      const writer = createJournalWriter({ dir: journal, topic: stream.source.log, partitions: 1 });
      for (const event of events) writer.append(0, Buffer.from(JSON.stringify(event)));
      await writer.close();
      terminal.note(`${count.toLocaleString('en')} events are in the journal of ${stream.source.log}`);
    });
}

type Property = OdcsDocument['schema'][number]['properties'][number];

/** What has a pattern takes one of the contract's own examples of it, by its path. */
function* exampleFields(
  properties: readonly Property[],
  path: readonly string[],
): Generator<[string, (random: Random) => unknown]> {
  for (const { name, examples = [], logicalTypeOptions, properties: children = [], items } of properties) {
    const at = [...path, name];
    if (logicalTypeOptions?.pattern !== undefined && examples.length > 0)
      yield [at.join('.'), (random) => random.pick(examples)];
    yield* exampleFields(children, at);
    yield* exampleFields(items?.properties ?? [], [...at, '[]']);
  }
}

/** @throws UsageError for what has a pattern and no example */
function sampled(next: () => object): object {
  try {
    return next();
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : 'that stream cannot be sampled';
    throw new UsageError(
      why.replace(/: give it in `fields`$/, ' and no example: give it one in the contract'),
    );
  }
}
