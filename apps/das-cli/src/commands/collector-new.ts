import {
  Draft,
  newCollector,
  readDefaults,
  ScaffoldError,
  SOURCE_KINDS,
  streamNames,
  type SourceKind,
} from '@das/scaffold';
import { Option, type Command } from 'commander';
import type { CliContext } from '../context';
import { askMissing } from '../scaffold/ask-missing';
import { drafted } from '../scaffold/draft-of';
import { addFinishOptions, finishDraft, type FinishOptions } from '../scaffold/finish-draft';

const EXAMPLES = `
Makes the stream's contract, its collector (a fork of apps/reference-collector), its SILVER table with unit tests, the role
and the service that append to it, and names them where they must be known. It is a beginning that works: put the
stream's own properties into its contract, run npm run generate, and everything follows.

Examples:
  das collector new shipments --domain brook_logistics --source kafka
  das collector new shipments --domain brook_logistics --source kafka --from shipments.v1 --key shipment_id --yes
  das collector new encounters --domain brook_health --source kinesis --from encounters-v1 --yes
  das collector new claims --domain brook_health --source s3 --from brook-claims/claims/ --dry-run
`;

interface CollectorOptions extends FinishOptions {
  readonly root: string;
  readonly domain?: string;
  readonly source?: SourceKind;
  readonly from?: string;
  readonly key?: string;
}

export function addCollectorNew(collector: Command, context: CliContext): void {
  addFinishOptions(
    collector
      .command('new')
      .description('A new stream and its collector.')
      .argument('[stream]', 'such as shipments, which makes shipments_events_v1')
      .option('--domain <domain>', 'whose it is')
      .addOption(new Option('--source <kind>', 'where the records are').choices(SOURCE_KINDS))
      .option('--from <place>', 'the topic, the Kinesis stream, or bucket/prefix/')
      .option('--key <property>', 'which entity an event is of, such as shipment_id'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string | undefined, options: CollectorOptions) => {
      const answers = await ask(given, options, context);
      const { from, key } = options;
      const { draft } = drafted(options.root, (one) =>
        newCollector(one, {
          ...answers,
          ...(from !== undefined && { from }),
          ...(key !== undefined && { key }),
        }),
      );
      await finishDraft(draft, options, context);
    });
}

async function ask(given: string | undefined, options: CollectorOptions, context: CliContext) {
  const one = (
    value: string | undefined,
    option: string,
    question: string,
    check: (answer: string) => unknown,
  ) => askMissing(value, { option, question, check }, options.yes, context);
  const draft = new Draft(options.root);
  const stream = await one(given, 'the stream', 'What is the stream called, such as shipments?', (answer) =>
    streamNames(answer, 'kafka'),
  );
  const domain = await one(
    options.domain,
    '--domain',
    'Of which domain, such as brook_logistics?',
    (answer) => readDefaults(draft, answer),
  );
  const source = sourceKind(
    await one(options.source, '--source', `Where is it: ${SOURCE_KINDS.join(', ')}?`, sourceKind),
  );
  return { stream, domain, source };
}

/** @throws ScaffoldError for what is none */
function sourceKind(value: string): SourceKind {
  const kind = SOURCE_KINDS.find((one) => one === value);
  if (kind === undefined) throw new ScaffoldError(`--source is one of ${SOURCE_KINDS.join(', ')}`);
  return kind;
}
