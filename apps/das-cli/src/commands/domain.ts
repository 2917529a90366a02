import { checkNewDomain, Draft, newDomain } from '@das/scaffold';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { askMissing } from '../scaffold/ask-missing';
import { drafted } from '../scaffold/draft-of';
import { addFinishOptions, finishDraft, type FinishOptions } from '../scaffold/finish-draft';

const EXAMPLES = `
Makes contracts/<domain>/ with what its contracts have in common (defaults.yaml), the roles of its steward and its analysts,
the owners who review it, and what those roles are expected to see of every table that is there: nothing.

Examples:
  das domain new brook_logistics
  das domain new brook_logistics --team logistics-data --owner owner@brook.example --steward steward@brook.example --yes
  das domain new brook_logistics --dry-run
`;

interface DomainOptions extends FinishOptions {
  readonly root: string;
  readonly team?: string;
  readonly owner?: string;
  readonly steward?: string;
  readonly support?: string;
  readonly purpose?: string;
  readonly account?: string;
  readonly reviewers?: string;
}

/** `das domain`: who answers for a part of the business, before it has a stream. */
export function domainCommands(das: Command, context: CliContext): void {
  const domain = das
    .command('domain')
    .description('Domains: makes the place where a team has its contracts.');
  addFinishOptions(
    domain
      .command('new')
      .description('A new domain.')
      .argument('[name]', 'such as brook_logistics: the name of its database, in lower case')
      .option('--team <name>', 'who owns it, such as logistics-data')
      .option('--owner <address>', 'who answers for its data')
      .option('--steward <address>', 'who approves what its contracts weaken')
      .option('--support <url>', 'where questions are answered')
      .option('--purpose <name>', 'what its data may be used for, such as logistics-analytics')
      .option('--account <name>', "Snowflake's account")
      .option('--reviewers <team>', 'who reviews its contracts, such as @brook/logistics-stewards'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string | undefined, options: DomainOptions) => {
      const name = await askMissing(
        given,
        {
          option: 'the name',
          question: 'What is it called, such as brook_logistics?',
          check: (answer) => {
            checkNewDomain(new Draft(options.root), { name: answer });
          },
        },
        options.yes,
        context,
      );
      const asked = { ...(await answers(options, name, context)), name };
      const { draft } = drafted(options.root, (one) => newDomain(one, asked));
      await finishDraft(draft, options, context);
    });
}

/** What a person is asked; the rest follows from it. */
async function answers(options: DomainOptions, name: string, context: CliContext) {
  const short = name.replace(/^[a-z0-9]+_/, '').replaceAll('_', '-');
  const ask = (
    given: string | undefined,
    what: 'team' | 'owner' | 'steward',
    question: string,
    otherwise: string,
  ) =>
    askMissing(
      given,
      {
        option: `--${what}`,
        question,
        otherwise,
        check: (answer) => {
          checkNewDomain(new Draft(options.root), { name, [what]: answer });
        },
      },
      options.yes,
      context,
    );
  const { team, owner, steward, support, purpose, account, reviewers } = options;
  return {
    team: await ask(team, 'team', 'Which team owns it?', `${short}-data`),
    owner: await ask(owner, 'owner', 'Who answers for its data?', `${short}-owner@brook.example`),
    steward: await ask(
      steward,
      'steward',
      'Who approves what its contracts weaken?',
      `${short}-steward@brook.example`,
    ),
    ...(support !== undefined && { support }),
    ...(purpose !== undefined && { purpose }),
    ...(account !== undefined && { account }),
    ...(reviewers !== undefined && { reviewers }),
  };
}
