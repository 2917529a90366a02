import type { Draft } from '../draft';
import { addOwners, platformOwner } from '../edit/code-owners';
import { addDomainRoles, domainRoles, refuseTakenRoles } from '../edit/roles';
import { domainNames, type DomainNames } from '../names';
import { ScaffoldError } from '../scaffold-error';
import type { DomainDefaults } from '../template/rendering';
import { checkDefaults, defaultsPath, defaultsText } from './domain-defaults';

export interface NewDomain extends Partial<DomainDefaults> {
  readonly name: string;
  /** Who reviews its contracts, such as `@brook/logistics-stewards`. */
  readonly reviewers?: string;
}

/** As CODEOWNERS names them. */
const REVIEWERS = /^@[\w-]+(\/[\w.-]+)?$/;

/** @throws ScaffoldError as `newDomain` would, for what was asked so far */
export function checkNewDomain(draft: Draft, asked: NewDomain): void {
  const names = domainNames(asked.name);
  defaultsOf(names, asked);
  draft.add(defaultsPath(names.domain), '');
  refuseTakenRoles(draft, names);
}

/**
 * A domain without a stream: who answers for it, and where its contracts go.
 * @throws ScaffoldError where the name is taken or is none, or a value is not what it should be
 */
export function newDomain(draft: Draft, asked: NewDomain): DomainNames {
  const names = domainNames(asked.name);
  const { domain, short } = names;
  const text = defaultsText(names, defaultsOf(names, asked));
  draft.add(`contracts/${domain}/package.json`, workspace(domain));
  draft.add(defaultsPath(domain), text);
  draft.add(`contracts/${domain}/README.md`, page(names));
  draft.edit('CODEOWNERS', (owners) => {
    const platform = platformOwner(owners);
    const reviewers =
      asked.reviewers ?? `${platform.split('/')[0] ?? ''}/${short.replaceAll('_', '-')}-stewards`;
    if (!REVIEWERS.test(reviewers))
      throw new ScaffoldError('--reviewers is no team or user such as @brook/logistics-stewards');
    const paths = ['contracts', 'sql/bronze', 'dbt/models'].map((place) => `/${place}/${domain}/`);
    return addOwners(owners, paths, `${reviewers} ${platform}`);
  });
  refuseTakenRoles(draft, names);
  addDomainRoles(draft, names);
  return names;
}

function defaultsOf({ domain, short }: DomainNames, asked: NewDomain): DomainDefaults {
  const dashed = short.replaceAll('_', '-');
  const { team = `${dashed}-data`, purpose = `${dashed}-analytics`, account = 'brook' } = asked;
  const {
    owner = `${dashed}-owner@brook.example`,
    steward = `${dashed}-steward@brook.example`,
    support = `https://chat.brook.example/${team}`,
  } = asked;
  return checkDefaults(domain, {
    account,
    team: { name: team, owner, steward },
    support,
    security_controls: { purposes: [purpose] },
  });
}

function workspace(domain: string): string {
  const content = {
    name: `@contracts/${domain.replaceAll('_', '-')}`,
    version: '0.1.0',
    private: true,
    description: `${domain.toUpperCase()}'s contracts and what is generated from them`,
    license: 'Apache-2.0',
    main: 'generated/index.ts',
    types: 'generated/index.ts',
    dependencies: { '@das/contracts': '0.1.0' },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function page({ domain, short }: DomainNames): string {
  const [steward, analyst] = domainRoles(short);
  return `# ${domain}

The contracts of \`${domain.toUpperCase()}\`: one per stream and one per data product. Who answers for them:
[defaults.yaml](defaults.yaml), and the role \`${steward}\`. Who reads its products: \`${analyst}\`, and whomever
a product's contract names.

\`\`\`
das collector new STREAM --domain ${domain} --source kafka
das product new PRODUCT --domain ${domain} --stream STREAM
\`\`\`

Both: [docs/onboarding.md](../../docs/onboarding.md).
`;
}
