import { stringify } from 'yaml';
import { z } from 'zod';
import type { Draft } from '../draft';
import type { DomainNames } from '../names';
import { ScaffoldError } from '../scaffold-error';
import type { DomainDefaults } from '../template/rendering';

/** What is put into contracts as it is: letters and signs that mean nothing to YAML. */
const plain = (what: string, pattern: RegExp) => z.string().regex(pattern, `is no ${what}`);
const mail = plain('address such as orders-owner@brook.example', /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/);

const shape = z.looseObject({
  account: plain("name of Snowflake's account", /^[\w.-]+$/),
  team: z.looseObject({
    name: plain('name of a team such as logistics-data', /^[a-z0-9]+(-[a-z0-9]+)*$/),
    owner: mail,
    steward: mail,
  }),
  support: plain('https address', /^https:\/\/[\w./-]+$/),
  security_controls: z.looseObject({
    purposes: z.array(plain('purpose such as order-analytics', /^[a-z0-9]+(-[a-z0-9]+)*$/)).min(1),
  }),
});

export function defaultsPath(domain: string): string {
  return `contracts/${domain}/defaults.yaml`;
}

/** The short form of a contract, as `das contract import --defaults` reads it, too. */
export function defaultsText({ domain }: DomainNames, defaults: DomainDefaults): string {
  const { team, owner, steward, support, purpose, account } = defaults;
  const said = {
    domain_database: domain.toUpperCase(),
    account,
    team: { name: team, owner, steward },
    support,
    security_controls: { purposes: [purpose] },
    cost: { monthly_cap_usd: 100, cost_centre: team },
  };
  return `# What the domain says once for all of its contracts: new ones begin with it, and imported ones take it by --defaults.\n${stringify(said)}`;
}

/** @throws ScaffoldError naming what is missing or is not what it should be */
export function readDefaults(draft: Draft, domain: string): DomainDefaults {
  const path = defaultsPath(domain);
  if (!draft.has(path))
    throw new ScaffoldError(`${path} is not there: das domain new ${domain} makes it, or write it by hand`);
  return checkDefaults(path, draft.yaml(path));
}

/** @throws ScaffoldError */
export function checkDefaults(where: string, value: unknown): DomainDefaults {
  const read = shape.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ScaffoldError(`${where}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`);
  }
  const { account, team, support, security_controls: controls } = read.data;
  const [purpose = ''] = controls.purposes;
  return { account, team: team.name, owner: team.owner, steward: team.steward, support, purpose };
}
