import { contractPage } from '@das/contracts';
import type { Command } from 'commander';
import { readContracts } from '../contract/read-contracts';
import { pageText } from '../contract/render-page';
import type { CliContext } from '../context';
import { UsageError } from '../usage-error';

const EXAMPLES = `
Columns with class and kind, what of them lands, who sees them clear and what everybody else sees; readers and registered
consumers; what is promised, what it is made from, and what is made of it.

Examples:
  das contract show orders
  das contract show orders --json | jq -r '.tables[].columns[] | select(.phi) | .name'
`;

interface ShowOptions {
  readonly contracts: string;
  readonly json?: boolean;
}

export function addShow(contract: Command, { terminal }: CliContext): void {
  contract
    .command('show')
    .description('One contract, as somebody reads it who wants to use what it promises.')
    .argument('<name>', 'the name of a stream or a product, such as orders')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .option('--json', 'one object, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action((name: string, { contracts, json }: ShowOptions) => {
      const documents = readContracts(contracts, terminal);
      const document = documents.find((one) => one.name === name);
      if (document === undefined)
        throw new UsageError(`no such contract: ${documents.map((one) => one.name).join(', ')} exist`);
      const page = contractPage(document, documents);
      terminal.print(json === true ? `${JSON.stringify(page, null, 2)}\n` : pageText(page));
    });
}
