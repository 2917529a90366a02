import { coverage } from '@das/governance';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { readExpectations, readGoverned } from '../policy/read-governed';
import { coverageHtml, coverageText } from '../policy/render-coverage';
import { UsageError } from '../usage-error';
import { writeFileNamed } from '../write-file';

const EXAMPLES = `
By domain: personal columns without a mask, tables without row access, columns and roles of which nothing is expected
(contracts/<domain>/expectations). Whether what is expected is so, das policy test says.

Exit codes: 0 no gaps; 1 gaps.

Examples:
  das policy coverage
  das policy coverage --html coverage.html
  das policy coverage --json | jq '.domains[].gaps[].message'
`;

interface CoverageOptions {
  readonly contracts: string;
  readonly json?: boolean;
  readonly html?: string;
}

export function addCoverage(policy: Command, { terminal }: CliContext): void {
  policy
    .command('coverage')
    .description('What neither a policy nor an expectation covers, by domain.')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .option('--json', '{domains}, and nothing else')
    .option('--html <file>', 'into this file, as a page that needs nothing else')
    .addHelpText('after', EXAMPLES)
    .action(({ contracts, json = false, html }: CoverageOptions) => {
      if (json && html !== undefined) throw new UsageError('--json or --html, not both');
      const { documents, access } = readGoverned(contracts, terminal);
      const domains = coverage(documents, access, readExpectations(contracts, terminal));
      if (html !== undefined)
        writeFileNamed('--html', html, coverageHtml(domains, new Date().toISOString()), terminal);
      else terminal.print(json ? `${JSON.stringify({ domains }, null, 2)}\n` : coverageText(domains));
      if (domains.some(({ gaps }) => gaps.length > 0)) throw new FindingsError();
    });
}
