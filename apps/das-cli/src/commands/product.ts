import { Draft, newProduct, readDefaults, snakeName } from '@das/scaffold';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { askMissing, type Question } from '../scaffold/ask-missing';
import { drafted } from '../scaffold/draft-of';
import { addFinishOptions, finishDraft, type FinishOptions } from '../scaffold/finish-draft';

const EXAMPLES = `
Makes a product that has each thing which a stream tells of as it stands: its contract, its GOLD table with unit tests, and
what every role is expected to see of it. It is a beginning that works: change the contract first, then the SQL.

Examples:
  das product new shipments --domain brook_logistics --stream shipments_events_v1 --yes
  das product new carrier_performance --domain brook_logistics --stream shipments_events_v1 --dry-run
`;

interface ProductOptions extends FinishOptions {
  readonly root: string;
  readonly domain?: string;
  readonly stream?: string;
}

/** `das product`: what a domain offers to others. */
export function productCommands(das: Command, context: CliContext): void {
  const product = das.command('product').description('Products: makes what a domain offers to others.');
  addFinishOptions(
    product
      .command('new')
      .description('A new product of a stream.')
      .argument('[name]', 'such as shipments')
      .option('--domain <domain>', 'whose it is')
      .option('--stream <stream>', 'what it is made from, such as shipments_events_v1'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string | undefined, options: ProductOptions) => {
      const ask = (value: string | undefined, question: Question) =>
        askMissing(value, question, options.yes, context);
      const there = new Draft(options.root);
      const name = await ask(given, {
        option: 'the name',
        question: 'What is it called, such as shipments?',
        check: (answer) => snakeName(answer, 'a product, such as shipments'),
      });
      const domain = await ask(options.domain, {
        option: '--domain',
        question: 'Of which domain, such as brook_logistics?',
        check: (answer) => readDefaults(there, answer),
      });
      const stream = await ask(options.stream, {
        option: '--stream',
        question: 'From which stream?',
        otherwise: `${name}_events_v1`,
        check: (answer) => newProduct(new Draft(options.root), { name, domain, stream: answer }),
      });
      const { draft } = drafted(options.root, (one) => newProduct(one, { name, domain, stream }));
      await finishDraft(draft, options, context);
    });
}
