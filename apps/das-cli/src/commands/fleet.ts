import { templateVersion } from '@das/scaffold';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { alignedLines } from '../aligned-lines';
import { FindingsError } from '../findings-error';
import { askCollector, type CollectorStatus } from '../fleet/ask-collector';
import { fleetUrls } from '../fleet/targets';

const EXAMPLES = `
Asks each collector itself (/about, /health/ready, /metrics); nothing is asked of a central place, and there is none. Where
this is a clone, a template that is older than the clone's is marked. Exit code 1 where one is not ready or does not answer.

Examples:
  das fleet status --url http://127.0.0.1:3000 --url http://127.0.0.1:3001
  das fleet status --targets collectors.json
  das fleet status --targets collectors.json --json | jq -r '.[] | select(.state != "ready") | .url'
`;

interface StatusOptions {
  readonly url?: readonly string[];
  readonly targets?: string;
  readonly root: string;
  readonly json?: boolean;
}

/** `das fleet`: all collectors at once, whoever runs them. */
export function fleetCommands(das: Command, context: CliContext): void {
  const { terminal, signal } = context;
  das
    .command('fleet')
    .description('All collectors at once, whoever runs them.')
    .command('status')
    .description('Version, template, lag and health of each, as its own endpoints tell them.')
    .option('--url <url>', 'a collector; may be given several times', collect)
    .option('--targets <file>', "Prometheus' list of whom to scrape (file_sd_config, JSON)")
    .option('--root <dir>', 'a clone, by whose template theirs are told from older ones', '.')
    .option('--json', 'one array, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(async ({ url = [], targets, root, json }: StatusOptions) => {
      const urls = fleetUrls(url, targets);
      const current = templateVersion(root);
      const all = await Promise.all(urls.map((one) => askCollector(one, signal)));
      const answer = all.map((one) => ({ ...one, templateBehind: isBehind(one, current) }));
      if (json === true) terminal.print(`${JSON.stringify(answer, null, 2)}\n`);
      else terminal.print(told(answer));
      const ill = all.filter(({ state }) => state !== 'ready').length;
      if (ill > 0) throw new FindingsError(`${ill} of ${all.length} collectors are not ready`);
    });
}

function isBehind({ template }: CollectorStatus, current: string | undefined): boolean {
  return typeof template === 'string' && current !== undefined && template !== current;
}

type Told = CollectorStatus & { readonly templateBehind: boolean };

function told(all: readonly Told[]): string {
  const head = ['COLLECTOR', 'VERSION', 'CONTRACT', 'TEMPLATE', 'LAG', 'STATE'];
  const rows = all.map((one) => [
    one.collector ?? one.url,
    one.version ?? '',
    one.stream === undefined ? '' : `${one.stream} ${one.contractVersion ?? ''}`,
    one.template === undefined ? '' : `${one.template ?? 'own'}${one.templateBehind ? ' (behind)' : ''}`,
    one.lagRecords === undefined ? '' : `${one.lagRecords} records, ${Math.round(one.lagSeconds ?? 0)} s`,
    one.reason === undefined ? one.state : `${one.state}: ${one.reason}`,
  ]);
  return `${alignedLines([head, ...rows]).join('\n')}\n`;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
